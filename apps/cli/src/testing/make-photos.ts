import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const shapes: Record<string, (hue: number, shift: number) => string> = {
  circles: (hue, shift) => `<circle cx="${48 + shift}" cy="48" r="30" fill="hsl(${hue} 80% 50%)"/>`,
  squares: (hue, shift) =>
    `<rect x="${18 + shift}" y="20" width="56" height="56" fill="hsl(${hue} 80% 50%)"/>`,
  stripes: (hue, shift) =>
    [0, 24, 48, 72]
      .map((x) => `<rect x="${x + shift}" y="0" width="12" height="96" fill="hsl(${hue} 80% 50%)"/>`)
      .join(''),
  triangles: (hue, shift) => `<path d="M${20 + shift} 76h56L${48 + shift} 20z" fill="hsl(${hue} 80% 50%)"/>`,
};

export type Shape = 'circles' | 'squares' | 'stripes' | 'triangles';

/** Writes `perClass` distinct PNG drawings of 96 px for each shape: `folder/circles/0.png` … */
export const makePhotos = async (
  folder: string,
  {
    classes = ['circles', 'squares'],
    perClass = 12,
    offset = 0,
  }: { classes?: readonly Shape[]; perClass?: number; offset?: number } = {},
): Promise<string> => {
  for (const shape of classes) {
    await mkdir(join(folder, shape), { recursive: true });
    for (let index = 0; index < perClass; index++) {
      const step = index + offset;
      const body = shapes[shape]!((step * 47) % 360, (step * 5) % 17);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="hsl(${(step * 31) % 360} 30% 90%)"/>${body}</svg>`;
      await sharp(Buffer.from(svg))
        .png()
        .toFile(join(folder, shape, `${step}.png`));
    }
  }
  return folder;
};
