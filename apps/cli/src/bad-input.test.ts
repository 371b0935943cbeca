import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import Database from 'libsql';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { bin, type CliRun, runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-bad-'));
  await chmod(folder, 0o755);
  photos = await makePhotos(join(folder, 'photos'));
  store = join(folder, 'store');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const regraft = (...argv: string[]) => runCli([...argv, '--store', store]);

/** One sentence with what was received, and what to do; no stack. */
const expectSentence = ({ exitCode, stderr }: CliRun, code: number, ...words: string[]): void => {
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(exitCode, stderr).toBe(code);
  expect(stderr).toMatch(/^✖ .+\n {2}\S/);
  for (const word of words) expect(stderr).toContain(word);
};

/** Permissions bind everybody but root, so a root's tests run such commands as nobody. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534 } : {};

const makeFolder = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
};

describe('folders', () => {
  test('a missing folder', async () => {
    expectSentence(await regraft('fit', join(folder, 'nowhere')), 10, 'nowhere');
  });

  test('a file for a folder', async () => {
    expectSentence(await regraft('fit', join(photos, 'circles', '0.png')), 11, '0.png');
  });

  test('an empty folder', async () => {
    expectSentence(await regraft('fit', await makeFolder('empty')), 11, 'empty');
  });

  test('one class', async () => {
    const one = await makePhotos(join(folder, 'one'), { classes: ['circles'] });
    expectSentence(await regraft('fit', one), 12, 'circles');
  });

  test('a symlink loop ends', async () => {
    const loop = join(folder, 'loop');
    await cp(photos, loop, { recursive: true });
    await symlink(loop, join(loop, 'circles', 'again'));
    expect((await regraft('fit', loop)).exitCode).toBe(0);
  });

  test('a folder that may not be read', async () => {
    const secret = await makeFolder('secret');
    await chmod(secret, 0o000);
    const run = await runCli(['fit', secret, '--store', join(folder, 'nobody')], unprivileged);
    await chmod(secret, 0o755);
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr).toMatch(/^✖ .*(permission|may not|allow)/i);
  });
});

describe('images', () => {
  test('a broken JPEG, an empty file, a text, a folder named like an image and a 1x1 image among good ones', async () => {
    const mixed = join(folder, 'mixed');
    await cp(photos, mixed, { recursive: true });
    const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    await writeFile(join(mixed, 'circles', 'broken.jpg'), jpeg.subarray(0, 300));
    await writeFile(join(mixed, 'circles', 'empty.png'), '');
    await writeFile(join(mixed, 'circles', 'text.png'), 'no image');
    await mkdir(join(mixed, 'squares', 'folder.jpg'));
    await sharp({ create: { width: 1, height: 1, channels: 3, background: 'blue' } })
      .png()
      .toFile(join(mixed, 'squares', 'dot.png'));
    const { exitCode, json } = await regraft('fit', mixed, '--json');
    expect(exitCode).toBe(0);
    const scanned = json().find(({ type }) => type === 'data-scanned') as unknown as {
      images: Record<string, number>;
      problems: Record<string, number>;
    };
    const warning = json().find(({ type }) => type === 'warning');
    const leftOut =
      Object.values(scanned.problems).reduce((sum, count) => sum + count, 0) + (warning ? 1 : 0);
    expect(leftOut).toBe(3);
    const plain = await regraft('fit', mixed);
    expect(plain.stdout).toContain('1 empty');
  });

  test('a 20,000 x 20,000 PNG is named and does not end the run', async () => {
    const huge = join(folder, 'huge');
    await cp(photos, huge, { recursive: true });
    await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toFile(join(huge, 'circles', 'huge.png'));
    const { exitCode, json } = await regraft('fit', huge, '--json');
    expect(exitCode).toBe(0);
    const problems = json().find(({ type }) => type === 'data-scanned')?.problems;
    expect(problems).toMatchObject({ 'too-large': 1 });
  }, 120_000);

  test('predict on something else than an image', async () => {
    await regraft('fit', photos);
    const text = join(folder, 'note.txt');
    await writeFile(text, 'no image');
    expectSentence(await regraft('predict', 'v1', text), 13, 'note.txt');
    const mixed = await regraft('predict', 'v1', text, join(photos, 'circles', '0.png'), '--json');
    expect(mixed.exitCode).toBe(13);
    expect(mixed.json()[0]).toMatchObject({
      files: [{ error: { code: 'image-unreadable' } }, { label: 'circles' }],
    });
  });
});

describe('stores', () => {
  test('a command that needs a store where there is none', async () => {
    expectSentence(await runCli(['versions', '--store', join(folder, 'none')]), 40, 'none');
  });

  test('a file where the store should be', async () => {
    const file = join(folder, 'file-store');
    await writeFile(file, 'no store');
    const run = await runCli(['fit', photos, '--store', file]);
    expect(run.exitCode).toBeGreaterThanOrEqual(40);
    expect(run.stderr).toContain('file-store');
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test('a read-only store', async () => {
    const readOnly = await makeFolder('read-only');
    await chmod(readOnly, 0o555);
    const run = await runCli(['fit', photos, '--store', join(readOnly, 'store')], unprivileged);
    expectSentence(run, 42);
  });

  test('a store of a newer version', async () => {
    const newer = join(folder, 'newer');
    await runCli(['fit', join(folder, 'nowhere'), '--store', newer]);
    const database = new Database(join(newer, 'store.db'));
    database.pragma('user_version = 9999');
    database.close();
    expectSentence(await runCli(['versions', '--store', newer]), 41);
  });

  test('a full disk ends the run with a sentence; with room again the next run works', async () => {
    const disk = await makeFolder('disk');
    // A real small disk in a name space of its own, as root or as root of a user name space; elsewhere a file size limit.
    const unshare = [['--mount'], ['--mount', '--user', '--map-root-user']].find(
      (flags) => spawnSync('unshare', [...flags, 'mount', '-t', 'tmpfs', 'tmpfs', disk]).status === 0,
    );
    const regraft = `"${process.execPath}" "${bin}"`;
    const fit = `${regraft} fit "${photos}" --store "${disk}/store"`;
    const check = `${regraft} store check --store "${disk}/store"`;
    const script = unshare
      ? `mount -t tmpfs -o size=4m tmpfs "${disk}"; ${fit}; echo "first $?"; mount -o remount,size=64m "${disk}"; ${check}; echo "check $?"; ${fit}; echo "second $?"`
      : `(ulimit -f 4096; ${fit}); echo "first $?"; ${check}; echo "check $?"; ${fit}; echo "second $?"`;
    const [program, ...argv] = [...(unshare ? ['unshare', ...unshare] : []), 'sh', '-c', script];
    const { stdout, stderr } = spawnSync(program!, argv, {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stderr).toMatch(/^✖ .+\n {2}\S/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout.match(/^(first|check|second) \d+$/gm)).toEqual(['first 45', 'check 0', 'second 0']);
  }, 120_000);

  test('two fits at once on one store', async () => {
    const shared = join(folder, 'shared');
    const both = await Promise.all(
      [1, 2].map((seed) => runCli(['fit', photos, '--store', shared, '--seed', `${seed}`, '--json'])),
    );
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const versions = both.map(({ json }) => json().at(-1)!.version);
    expect(new Set(versions)).toEqual(new Set(['v1', 'v2']));
    expect((await runCli(['store', 'check', '--store', shared])).exitCode).toBe(0);
  }, 120_000);

  test('a store deleted under a run', async () => {
    const doomed = join(folder, 'doomed');
    let removal = Promise.resolve();
    const run = await runCli(['fit', photos, '--store', doomed, '--json'], {
      // The run goes on writing into folders that are being emptied, so one attempt may not be enough.
      onLine: (line) => {
        if (line.includes('"data-scanned"')) {
          removal = rm(doomed, { recursive: true, force: true, maxRetries: 20, retryDelay: 5 });
        }
      },
    });
    await removal;
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr + run.stdout).not.toMatch(/\n\s+at /);
    const last = run.json().at(-1) as { error?: { code: string; message: string } };
    expect(last.error?.code).toMatch(/^(store-|run-)/);
  }, 120_000);
});

describe('backbones and weights', () => {
  const fitFrom = (backbone: string) => regraft('fit', photos, '--backbone', backbone);

  test('an unknown backbone: the nearest names are offered', async () => {
    expectSentence(await fitFrom('mobilenet-v2.openimage'), 25, 'mobilenet-v2.openimages');
  });

  test('a truncated weight file', async () => {
    const truncated = join(folder, 'truncated.safetensors');
    const header = strToU8(JSON.stringify({ w: { dtype: 'F32', shape: [64], data_offsets: [0, 256] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await writeFile(truncated, Buffer.concat([length, header, Buffer.alloc(10)]));
    expectSentence(await fitFrom(truncated), 20, 'truncated.safetensors');
  });

  test('bytes that are no weights', async () => {
    const noise = join(folder, 'noise.h5');
    await writeFile(noise, randomBytes(2000));
    expectSentence(await fitFrom(noise), 21, 'noise.h5');
  });

  test('a pickle that calls a function', async () => {
    const evil = join(folder, 'evil.pth');
    const proof = join(folder, 'executed');
    // PyTorch's old format: its magic number and version, facts of the machine, then the object: os.system('touch …').
    const command = Buffer.from(`touch ${proof}`);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(command.length);
    const machine = '}X\x0d\0\0\0little_endian\x88s.';
    const call = `cposix\nsystem\nX${length.toString('latin1')}${command.toString('latin1')}\x85R.`;
    const pickles = ['\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.', 'M\xe9\x03.', machine, call];
    await writeFile(evil, Buffer.from(pickles.map((pickle) => `\x80\x02${pickle}`).join(''), 'latin1'));
    expectSentence(await fitFrom(evil), 22, 'system');
    expect(await readdir(folder)).not.toContain('executed');
  });

  test('a zip with ../ in a name', async () => {
    const zip = join(folder, 'escape.zip');
    await writeFile(zip, zipSync({ '../outside.json': strToU8('{}'), 'model.json': strToU8('{}') }));
    expectSentence(await fitFrom(zip), 22, '../outside.json');
    expect(await readdir(tmpdir())).not.toContain('outside.json');
  });
});

describe('training', () => {
  test('a learning rate that is far too high ends with the step, a better rate and the command that finds one', async () => {
    const run = await regraft('fit', photos, '--unfreeze', '1', '--epochs', '1', '--learning-rate', '1e6');
    expectSentence(run, 32, 'step 1', 'epoch 1', '1.00e+6', 'Try a learning rate of 3e-5', 'regraft lr-find');
  });

  test('mixing images before frozen blocks is refused before any image is computed', async () => {
    const run = await regraft('fit', photos, '--mix', 'mixup');
    expectSentence(run, 15, 'every block must train', 'mixup with', 'Unfreeze all blocks');
    expect(run.stdout).not.toContain('features');
  });

  test.each([
    ['--layer-decay', '0'],
    ['--layer-decay', '1.5'],
    ['--ema', 'much'],
    ['--mix', 'blend'],
  ])('%s %s is wrong usage', async (flag, value) => {
    expect((await regraft('fit', photos, flag, value)).exitCode).toBe(2);
  });

  test('a layer decay in a recipe file is held to its range', async () => {
    const recipe = join(folder, 'recipe.json');
    await writeFile(
      recipe,
      JSON.stringify({ data: { folder: photos }, freeze: { kind: 'all', layerDecay: 2 } }),
    );
    expectSentence(await regraft('fit', '--recipe', recipe), 15, 'layerDecay');
  });
});
