import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from '@regraft/core';

const regraft = dirname(createRequire(import.meta.url).resolve('regraft/package.json'));
const { drawingsOf, hands, renderDrawings } = await import(join(regraft, 'dist/demo/drawings.js'));

/** Who drew: the emoji sets of `regraft demo`. */
export const handNames = Object.keys(hands);

/** All drawings of some subjects by one hand, written into a folder as `regraft demo` does, each with its label. */
export const drawImages = async (hand, subjects, folder) => {
  await renderDrawings(drawingsOf(hand, subjects), folder);
  const images = subjects.flatMap((subject, label) =>
    readdirSync(join(folder, subject))
      .sort()
      .map((name) => ({ file: join(folder, subject, name), label })),
  );
  return Promise.all(
    images.map(async (image) => ({ ...image, sha256: await sha256(readFileSync(image.file)) })),
  );
};
