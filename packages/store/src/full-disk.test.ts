import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startProgram } from './testing/child-process.js';
import { temporaryFolder } from './testing/temporary-store.js';

/** Gives a program name spaces of its own: part of every Linux. */
const unshare = 'unshare';

/** Ways to a name space of its own for mounts, which vanish with the process: as root, or as root of a user name space. */
const isolation = [['--mount'], ['--mount', '--user', '--map-root-user']].find(
  (flags) => spawnSync(unshare, [...flags, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0,
);

const node = `"${process.execPath}"`;
const fill = `${node} "${fileURLToPath(new URL('./testing/fill-disk.mjs', import.meta.url))}"`;
const verify = `${node} "${fileURLToPath(new URL('./testing/verify-store.mjs', import.meta.url))}"`;

/** A disk of 3 MB that is really full, a third of it by a file that can be removed. */
const smallDisk = `mount -t tmpfs -o size=3m tmpfs "$1" && head -c 1000000 /dev/zero > "$1/ballast" &&
  ${fill} "$1/store" "$2" "$1/ballast" && ${verify} "$1/store" "$2"`;

/** Where mounting is not permitted: no file may grow beyond 1 MB, which fails in the same places. */
const smallFiles = `(ulimit -f 2048 && ${fill} "$1/store" "$2") && ${verify} "$1/store" "$2"`;

interface Filled {
  readonly outcomes: Record<string, string>;
  readonly temporary: string[];
  readonly shards: string[];
}

const run = async (
  program: string,
  parameters: readonly string[],
  script: string,
): Promise<[Filled, unknown]> => {
  const folder = await temporaryFolder();
  const disk = join(folder, 'disk');
  const acknowledged = join(folder, 'acknowledged');
  await mkdir(disk);
  const child = startProgram(program, [...parameters, '-c', script, 'sh', disk, acknowledged]);
  expect(await child.ended).toEqual({ code: 0, errors: '' });
  expect((await readFile(acknowledged, 'utf8')).split('\n').length).toBeGreaterThan(3);
  const [filled, verified] = child.lines().map((line) => JSON.parse(line) as unknown);
  return [filled as Filled, verified];
};

const full = { blob: 'store-full', events: 'store-full', version: 'store-full', activations: 'store-full' };
const nothingHalfWritten = { temporary: [], shards: [] };
const whole = { problems: [], lost: [] };

test('a write that does not fit fails with a sentence, keeps what was there, and the next run works', async () => {
  const [filled, verified] = await run('sh', [], smallFiles);
  expect(filled).toEqual({ outcomes: full, ...nothingHalfWritten });
  expect(verified).toEqual(whole);
});

test('a full disk does too, and the open store works again once there is room', async () => {
  const [filled, verified] = await (isolation
    ? run(unshare, [...isolation, 'sh'], smallDisk)
    : run('sh', [], smallFiles));
  expect(filled).toEqual({
    outcomes: isolation ? { ...full, newStore: 'store-full' } : full,
    ...nothingHalfWritten,
  });
  expect(verified).toEqual(whole);
});
