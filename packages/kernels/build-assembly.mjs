/**
 * Compiles assembly/ into src/generated/assembly.ts, the modules inlined as base64: one for the memory of
 * tfjs-backend-wasm, one for the shared memory it has where pages are isolated and threads allowed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('.', import.meta.url));

/** `v128` in an export is fine here: only the kernels in assembly/index.ts are called from outside. */
const exchangeOfVectors = '112';

const compile = async (...options) => {
  const files = new Map();
  const { error, stderr } = await main(
    [
      'assembly/index.ts',
      ...['--outFile', 'out.wasm', '--baseDir', root],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
      ...['--importMemory', '--noExportMemory', '--disableWarning', exchangeOfVectors],
      ...options,
    ],
    { writeFile: (name, contents) => files.set(name, contents) },
  );
  const messages = stderr.toString();
  if (error !== null || messages !== '') throw new Error(messages, { cause: error });
  return Buffer.from(files.get('out.wasm')).toString('base64');
};

const own = await compile();
const shared = await compile(
  '--enable',
  'threads',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
);
mkdirSync(`${root}src/generated`, { recursive: true });
writeFileSync(
  `${root}src/generated/assembly.ts`,
  `/** The compiled kernels of assembly/, for a memory of one thread and for a shared one. */\nexport const assembly = {\n  own: '${own}',\n  shared: '${shared}',\n} as const;\n`,
);
