import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** The colour of what a class shows, in degrees. */
const hues = { leaves: 120, skies: 210, roses: 340, sands: 40 } as const;

export type Scene = keyof typeof hues;

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const drawScene = (hue: number, seed: number, saturation: number): string => {
  const next = randomNumbers(seed);
  const shapes = Array.from({ length: 9 }, () => {
    const [x, y, width, height, turn] = [
      96 * next(),
      96 * next(),
      6 + 34 * next(),
      6 + 34 * next(),
      360 * next(),
    ];
    const colour = `hsl(${hue + 50 * (next() - 0.5)} ${saturation}% ${25 + 50 * next()}%)`;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}" transform="rotate(${turn} ${x} ${y})"/>`;
  });
  const ground = `hsl(0 0% ${20 + 70 * next()}%)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="${ground}"/>${shapes.join('')}</svg>`;
};

/**
 * Writes drawings of 96 px that differ from each other as photos do, so that none looks like a copy of another:
 * `folder/leaves/0.png` … Classes differ in colour, `seed` in all drawings, and `saturation` in the hand that drew them.
 */
export const makeScenes = async (
  folder: string,
  {
    classes = ['leaves', 'skies'],
    perClass = 12,
    seed = 0,
    saturation = 90,
  }: { classes?: readonly Scene[]; perClass?: number; seed?: number; saturation?: number } = {},
): Promise<string> => {
  for (const scene of classes) {
    await mkdir(join(folder, scene), { recursive: true });
    for (let index = 0; index < perClass; index++) {
      const svg = drawScene(hues[scene], 7919 * seed + 1000 * hues[scene] + index, saturation);
      await sharp(Buffer.from(svg))
        .png()
        .toFile(join(folder, scene, `${index}.png`));
    }
  }
  return folder;
};
