import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { zipSync } from 'fflate';
import { vi } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const findOnPath = (name: string): string => {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path);
      return path;
    } catch {
      // The next folder.
    }
  }
  throw new Error(`The test needs ${name}.`);
};

const writeWheel = (file: string): void => {
  const text = (content: string) => new TextEncoder().encode(content);
  const entries = {
    'tensorflow/libtensorflow_cc.so.2': text('library'),
    'tensorflow/libtensorflow_framework.so.2': text('framework'),
    'tensorflow/include/tensorflow/c/c_api.h': text('// header'),
    'tensorflow/python/large.py': text('# not needed'),
  };
  writeFileSync(file, zipSync(entries));
};

const writeArchive = (folder: string, file: string): void => {
  for (const [path, content] of [
    ['binding/tfjs_binding.cc', '// source'],
    ['binding.gyp', '{}'],
    ['dist/nodejs_kernel_backend.js', 'require("util")'],
    ['dist/kernels/TopK.js', 'require("util")'],
  ] as const) {
    const target = join(folder, 'package', path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, content);
  }
  execFileSync('tar', ['-czf', file, '-C', folder, 'package']);
};

/** What pip's log says of an index with a wheel at an address, and a thousand for other platforms. */
const indexLog = (url: string): string =>
  `  Found link ${url} (from an index), version: 2.16.2\n${'  Skipping link: another platform\n'.repeat(1000)}`;

const pipScript = (wheel: string, calls: string, url?: string) => `
if (values.includes('--version')) process.exit(0);
if (values.includes('index')) {
  process.stdout.write(${JSON.stringify(url === undefined ? '' : indexLog(url))});
  process.exit(${url === undefined ? 1 : 0});
}
appendFileSync(${JSON.stringify(calls)}, values.join(' ') + '\\n');
copyFileSync(${JSON.stringify(wheel)}, values[values.indexOf('--dest') + 1] + '/tensorflow_cpu-2.16.2-cp311-cp311-any.whl');`;

const packScript = (archive: string) =>
  `if (values[0] === 'pack') copyFileSync(${JSON.stringify(archive)}, 'package.tgz');`;

/** What a compiler would leave: bytes that no loader takes. */
const npmScript = (archive: string) => `${packScript(archive)}
if (values[0] === 'run') {
  mkdirSync('lib/napi-v8', { recursive: true });
  writeFileSync('lib/napi-v8/tfjs_binding.node', 'an addon');
}`;

/**
 * A PATH with nothing on it but stand-ins of Python with pip, npm, make and a compiler, and a small wheel and addon
 * package that they deliver.
 */
export const fakeBuildTools = () => {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  const wheelFile = join(folder, 'tensorflow.whl');
  const archive = join(folder, 'addon.tgz');
  const calls = join(folder, 'calls');
  mkdirSync(bin);
  writeFileSync(calls, '');
  writeWheel(wheelFile);
  writeArchive(folder, archive);
  /** Makes a program of this name do what a script of Node says. */
  const setProgram = (name: string, script: string): void => {
    const path = join(bin, name);
    writeFileSync(
      path,
      `#!${process.execPath}
const { appendFileSync, copyFileSync, mkdirSync, writeFileSync } = require('node:fs');
const values = process.argv.slice(2);
${script}`,
    );
    chmodSync(path, 0o755);
  };
  for (const name of ['tar', 'gzip']) symlinkSync(findOnPath(name), join(bin, name));
  setProgram('python3', pipScript(wheelFile, calls));
  setProgram('npm', npmScript(archive));
  setProgram('make', '');
  setProgram('g++', '');
  vi.stubEnv('PATH', bin);
  vi.stubEnv('CXX', '');
  return {
    bin,
    setProgram,
    /** Makes pip deliver the wheel again after a test broke it. */
    mendPip: () => setProgram('python3', pipScript(wheelFile, calls)),
    /** Makes pip name an address that it would download the wheel from; without, it can't, as pip before 21.2. */
    setWheelUrl: (url: string) => setProgram('python3', pipScript(wheelFile, calls, url)),
    wheelBytes: () => readFileSync(wheelFile),
    /** Makes the compiler complain. */
    breakBuild: (complaint: string) =>
      setProgram(
        'npm',
        `${packScript(archive)}
if (values[0] === 'run') {
  process.stderr.write(${JSON.stringify(`${complaint}\n`)});
  process.exit(1);
}`,
      ),
    mendBuild: () => setProgram('npm', npmScript(archive)),
    /** What pip was told, for each wheel that it downloaded. */
    downloads: () => readFileSync(calls, 'utf8').split('\n').filter(Boolean),
    options: {
      cacheFolder: join(folder, 'cache'),
      wheel: {
        package: 'tensorflow-cpu',
        version: '2.16.2',
        platform: 'manylinux2014_x86_64',
        sha256: sha256Of(wheelFile),
        bytes: readFileSync(wheelFile).length,
      },
      addon: { name: 'tiny-addon', version: '1.0.0', sha256: sha256Of(archive) },
    },
  };
};
