import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
import { fakeBuildTools } from '../../testing/fake-build-tools.js';
import { requireWheel } from './check-build-tools.js';
import { installNative } from './install-native.js';
import { nativeFolder } from './native-folder.js';
import { removeNative } from './remove-native.js';

afterEach(() => vi.unstubAllEnvs());

const again = 'regraft engine install native';

/** What an installation has left in the cache. */
const leftIn = (cacheFolder: string): string[] => {
  const engines = join(cacheFolder, 'engines');
  return existsSync(engines) ? readdirSync(engines) : [];
};

test.each([
  ['python3', /Python with pip must be installed.*Received: neither under python3 nor python$/],
  ['npm', /npm must be installed/],
  ['make', /make must be installed/],
  ['g++', /A C\+\+ compiler must be installed.*Received: none under g\+\+, c\+\+, clang\+\+/],
])('without %s it says so before it downloads anything', async (name, message) => {
  const { bin, options, downloads } = fakeBuildTools();
  rmSync(join(bin, name));
  const error = await failureOf(installNative(options));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(message);
  expect(error.hint).toContain(again);
  expect(downloads()).toEqual([]);
  expect(leftIn(options.cacheFolder)).toEqual([]);
});

test('a Python without pip counts as none', async () => {
  const { setProgram, options } = fakeBuildTools();
  setProgram('python3', "process.stderr.write('No module named pip'); process.exit(1);");
  expect((await failureOf(installNative(options))).message).toContain('Python with pip');
});

test('pip is asked for the wheel of this platform, whatever Python runs it', async () => {
  const { options, downloads } = fakeBuildTools();
  await failureOf(installNative(options));
  expect(downloads()).toEqual([
    expect.stringMatching(
      /--no-deps --only-binary=:all: .*--platform manylinux2014_x86_64 --python-version 3\.11 .*tensorflow-cpu==2\.16\.2$/,
    ),
  ]);
});

test('an interrupted download leaves nothing, and the next attempt succeeds in it', async () => {
  const { setProgram, mendPip, options, downloads } = fakeBuildTools();
  setProgram(
    'python3',
    `if (values.includes('--version')) process.exit(0);
writeFileSync(process.env.TMPDIR + '/half.whl', 'half');
process.stderr.write('ERROR: Connection broken: IncompleteRead\\n');
process.exit(1);`,
  );
  const error = await failureOf(installNative(options));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toContain('Connection broken');
  expect(error.hint).toContain(again);
  expect(leftIn(options.cacheFolder)).toEqual([]);
  mendPip();
  expect((await failureOf(installNative(options))).message).toContain('training step');
  expect(downloads()).toHaveLength(1);
});

test('a wheel with another sha256 is refused', async () => {
  const { options } = fakeBuildTools();
  const wheel = { ...options.wheel, sha256: 'f'.repeat(64) };
  const error = await failureOf(installNative({ ...options, wheel }));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.message).toContain('the wheel of tensorflow-cpu==2.16.2');
  expect(leftIn(options.cacheFolder)).toEqual([]);
});

test('an addon package with another sha256 is refused', async () => {
  const { options } = fakeBuildTools();
  const addon = { ...options.addon, sha256: 'f'.repeat(64) };
  const error = await failureOf(installNative({ ...options, addon }));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.message).toContain('tiny-addon@1.0.0');
});

test('a cache folder that cannot be written is said to be so', async () => {
  const { options } = fakeBuildTools();
  writeFileSync(options.cacheFolder, 'in the way');
  const error = await failureOf(installNative(options));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toContain('The cache folder must be writable');
  expect(error.hint).toContain('REGRAFT_CACHE');
});

test('code that does not compile leaves the checked wheel, which is not downloaded again', async () => {
  const { breakBuild, mendBuild, options, downloads } = fakeBuildTools();
  breakBuild('../binding/tfjs_backend.cc:20:10: fatal error: no such header');
  const error = await failureOf(installNative(options));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toContain('must compile. Received: ../binding/tfjs_backend.cc:20:10: fatal error');
  expect(error.hint).toContain(again);
  expect(leftIn(options.cacheFolder)).toEqual([`${options.wheel.sha256}.whl`]);
  mendBuild();
  await failureOf(installNative(options));
  expect(downloads()).toHaveLength(1);
});

test('an addon that takes no training step is not installed, and what was there before stays', async () => {
  const { options } = fakeBuildTools();
  const folder = nativeFolder(options.cacheFolder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'before'), '');
  const error = await failureOf(installNative(options));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(/must take a training step\. Received: .*tfjs_binding\.node/);
  expect(readdirSync(folder)).toEqual(['before']);
});

test('what an installation left that was killed is cleared away, what one leaves that runs is not', async () => {
  const { options } = fakeBuildTools();
  const engines = join(options.cacheFolder, 'engines');
  const running = `build-${process.ppid}-theirs`;
  for (const name of ['build-999999999-dead', running]) mkdirSync(join(engines, name), { recursive: true });
  await failureOf(installNative(options));
  expect(leftIn(options.cacheFolder).filter((name) => name.startsWith('build-'))).toEqual([running]);
});

test('an aborted signal ends pip and leaves nothing', async () => {
  const { setProgram, options } = fakeBuildTools();
  setProgram('python3', "if (!values.includes('--version')) setTimeout(() => {}, 60_000);");
  const controller = new AbortController();
  const onStep = ({ step }: { step: string }) => {
    if (step === 'download') setTimeout(() => controller.abort(), 50);
  };
  const error = await failureOf(installNative({ ...options, signal: controller.signal, onStep }));
  expect(error.code).toBe('cancelled');
  expect(leftIn(options.cacheFolder)).toEqual([]);
});

test.each([
  ['win32 x64', true, /can be built on linux x64 and linux arm64.*Received: win32 x64$/],
  ['linux x64', false, /Received: linux x64 without glibc$/],
])('%s with glibc %s has no wheel', (platform, isGlibc, message) => {
  expect(() => requireWheel(platform, () => isGlibc)).toThrow(message);
});

test('remove says whether there was one', async () => {
  const { options } = fakeBuildTools();
  const folder = nativeFolder(options.cacheFolder);
  expect(await removeNative(options.cacheFolder)).toEqual({ folder, wasThere: false });
  mkdirSync(folder, { recursive: true });
  expect(await removeNative(options.cacheFolder)).toEqual({ folder, wasThere: true });
  expect(leftIn(options.cacheFolder)).toEqual([]);
});
