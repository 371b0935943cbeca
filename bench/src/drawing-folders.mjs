import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = join(dirname(createRequire(import.meta.url).resolve('regraft/package.json')), 'dist/demo');
const { drawingsOf, renderDrawings } = await import(pathToFileURL(join(built, 'drawings.js')).href);
export const { pickDrawings } = await import(pathToFileURL(join(built, 'pick.js')).href);

/** Drawings of some subjects by some hands, each named after its hand too. */
const drawingsBy = (hands, subjects) =>
  hands.flatMap((hand) =>
    drawingsOf(hand, subjects).map((drawing) => ({ ...drawing, name: `${hand}-${drawing.name}` })),
  );

/** Writes all drawings of some subjects by some hands; the answer is the folder. */
export const writeDrawings = async (folder, hands, subjects) => {
  await renderDrawings(drawingsBy(hands, subjects), folder);
  return folder;
};

/** Writes drawings into two folders: up to `held` of each subject to measure on, the rest to learn from. */
export const writeHeldOut = async (folder, { hands, subjects, held }) => {
  const { picked, rest } = pickDrawings(drawingsBy(hands, subjects), held);
  await renderDrawings(picked, join(folder, 'held'));
  await renderDrawings(rest, join(folder, 'learn'));
  return { held: join(folder, 'held'), learn: join(folder, 'learn') };
};
