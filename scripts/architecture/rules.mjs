/**
 * Who may import whom. Only workspace packages, TensorFlow.js and Node's own modules are governed here;
 * every other dependency is a matter of the package's own package.json, which knip keeps honest.
 *
 * A pattern is an exact package name, a scope (`@tensorflow/*`), `node:*` for every module of Node, or `*`.
 */

const errors = '@regraft/errors';
const tensorflow = '@tensorflow/*';

/** Files the rules for shipped code don't hold for. */
export const testFile = /\.test\.tsx?$|(^|\/)src\/testing\/|\.config\.(ts|mjs)$/;

/** Written-out globals of Node, which a browser doesn't have. */
const nodeGlobals = [
  'Buffer',
  'process',
  'global',
  'require',
  '__dirname',
  '__filename',
  'setImmediate',
  'NodeJS',
];

/** One entry a workspace. `tests` is what test files may import on top of `imports`. */
export const workspaces = {
  'packages/errors': { imports: ['node:*'] },
  'packages/store': { imports: [errors, 'node:*'] },
  'packages/kernels': { imports: [errors, tensorflow, 'node:*'] },
  'packages/core': {
    imports: [errors, tensorflow],
    tests: ['@regraft/kernels', 'node:*'],
    globals: nodeGlobals,
    acyclicFolders: 'src',
    // A longer path wins over a shorter one; the workspace's own `imports` is the path ''.
    paths: { 'src/network/': [errors] },
  },
  'packages/studio': {
    imports: ['@regraft/core', '@regraft/store', '@regraft/kernels', errors, tensorflow, 'node:*'],
  },
  'apps/cli': { imports: ['@regraft/studio', errors, 'node:*'] },
  'apps/web': {
    imports: ['@regraft/studio', errors, 'node:*'],
    paths: { 'src/client/': ['@regraft/core', errors, tensorflow] },
  },
  'examples/train-on-wasm': { imports: ['@regraft/kernels', tensorflow, 'node:*'] },
  'examples/import-core': { imports: ['@regraft/core', '@regraft/studio', errors, tensorflow, 'node:*'] },
  bench: { imports: ['*'] },
};
