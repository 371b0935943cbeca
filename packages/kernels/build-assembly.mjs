/**
 * Compiles assembly/ into src/generated/assembly.ts, the modules inlined as base64: for the memory of
 * tfjs-backend-wasm and for the shared memory it has where pages are isolated and threads allowed, each once with
 * multiplications and additions fused by relaxed SIMD and once for engines without it.
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

const relaxed = ['--enable', 'relaxed-simd'];
const shared = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const modules = {
  own: await compile(),
  ownRelaxed: await compile(...relaxed),
  shared: await compile(...shared),
  sharedRelaxed: await compile(...relaxed, ...shared),
};

mkdirSync(`${root}src/generated`, { recursive: true });
writeFileSync(
  `${root}src/generated/assembly.ts`,
  `/** The compiled kernels of assembly/: for a memory of one thread or a shared one, with relaxed SIMD or without. */\nexport const assembly = ${JSON.stringify(modules)} as const;\n`,
);
