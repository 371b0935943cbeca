import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const require = createRequire(import.meta.url);

/** Who drew the same things: four emoji sets, each an npm package of SVG drawings. */
export const hands = {
  noto: '@iconify-json/noto',
  twemoji: '@iconify-json/twemoji',
  fluent: '@iconify-json/fluent-emoji-flat',
  openmoji: '@iconify-json/openmoji',
} as const;

export type Hand = keyof typeof hands;

/** Folder names on the left, the emoji sets' category names on the right. */
export const subjects = {
  animals: 'Animals & Nature',
  food: 'Food & Drink',
  travel: 'Travel & Places',
  activities: 'Activities',
  objects: 'Objects',
  smileys: 'Smileys & Emotion',
  symbols: 'Symbols',
} as const;

export type Subject = keyof typeof subjects;

interface IconSet {
  readonly width?: number;
  readonly height?: number;
  readonly icons: Record<string, { body: string; width?: number; height?: number; hidden?: boolean }>;
}

export interface Drawing {
  readonly subject: Subject;
  readonly name: string;
  readonly svg: string;
}

const isVariant = (name: string): boolean => /-(skin-tone|light|medium|dark)\b/.test(name);

/** The drawings of some subjects by one hand, in the order of their names. */
export const drawingsOf = (hand: Hand, wanted: readonly Subject[]): Drawing[] => {
  const { categories } = require(`${hands[hand]}/metadata.json`) as { categories: Record<string, string[]> };
  const set = require(`${hands[hand]}/icons.json`) as IconSet;
  const namesOf = (category: string) =>
    categories[category] ?? categories[category.replace(' & ', ' ')] ?? [];
  return wanted.flatMap((subject) =>
    namesOf(subjects[subject])
      .filter((name) => set.icons[name] && !isVariant(name))
      .sort()
      .map((name) => {
        const { body, width = set.width ?? 16, height = set.height ?? 16 } = set.icons[name]!;
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;
        return { subject, name, svg };
      }),
  );
};

const pixels = 256;

/** Writes drawings as PNG files of 256 px on white: `folder/subject/name.png`. */
export const renderDrawings = async (
  drawings: readonly Drawing[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> => {
  for (const subject of new Set(drawings.map((drawing) => drawing.subject))) {
    await mkdir(join(folder, subject), { recursive: true });
  }
  const queue = [...drawings];
  const worker = async () => {
    for (let drawing = queue.pop(); drawing; drawing = queue.pop()) {
      signal?.throwIfAborted();
      const png = await sharp(Buffer.from(drawing.svg), { density: 192 })
        .resize(pixels, pixels, { fit: 'contain', background: 'white' })
        .flatten({ background: 'white' })
        .png({ compressionLevel: 3 })
        .toBuffer();
      await writeFile(join(folder, drawing.subject, `${drawing.name}.png`), png);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() * 2 }, worker));
};
