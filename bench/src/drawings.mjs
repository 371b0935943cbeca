import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { listImages } from './list-images.mjs';

const regraft = dirname(createRequire(import.meta.url).resolve('regraft/package.json'));
const { drawingsOf, hands, renderDrawings } = await import(join(regraft, 'dist/demo/drawings.js'));

/** Who drew: the emoji sets of `regraft demo`. */
export const handNames = Object.keys(hands);

/** Drawings of some subjects by one hand, as images that `writeSplit` takes. */
export const drawings = (hand, subjects) =>
  drawingsOf(hand, subjects).map(({ subject, name, svg }) => ({
    subject,
    name,
    open: () => sharp(Buffer.from(svg), { density: 192 }),
  }));

/** All drawings of some subjects by one hand, written into a folder as `regraft demo` does, each with its label. */
export const drawImages = async (hand, subjects, folder) => {
  await renderDrawings(drawingsOf(hand, subjects), folder);
  return listImages(folder, subjects);
};
