import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = (entry: string): string => `
  import { createRequire } from 'node:module';
  await import(${JSON.stringify(entry)});
  console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));
`;

/** Which of the heavy packages (all CommonJS) are loaded in a new process after one import. */
const heavyPackagesOf = (entry: string): string[] => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program(entry)],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const files = (JSON.parse(stdout) as string[]).map((file) => file.replaceAll('\\', '/'));
  return ['@tensorflow', 'onnxruntime-node', 'sharp'].filter((name) =>
    files.some((file) => file.includes(`/node_modules/${name}/`)),
  );
};

test.each(['@regraft/studio', '@regraft/studio/format', '@regraft/core/schemas'])(
  '%s loads no TensorFlow, no image decoder and no onnxruntime',
  (entry) => {
    expect(heavyPackagesOf(entry)).toEqual([]);
  },
);

test.each(['@regraft/studio/models', '@regraft/core'])('%s is seen to load TensorFlow', (entry) => {
  expect(heavyPackagesOf(entry)).toContain('@tensorflow');
});
