import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { pickDrawings } from './drawing-folders.mjs';

const pixels = 256;

/** An image in a file, in the form that `writeImages` takes: `open` gives it to sharp. */
export const imageFile = (subject, path) => ({
  subject,
  name: path.replaceAll('/', '-').replace(/\.png$/, ''),
  open: () => sharp(path),
});

/** Writes images as PNG files of 256 px on white, `folder/subject/name.png`; the answer is the folder. */
export const writeImages = async (images, folder) => {
  for (const { subject } of images) mkdirSync(join(folder, subject), { recursive: true });
  for (const { subject, name, open } of images) {
    await open()
      .resize(pixels, pixels, { fit: 'contain', background: 'white' })
      .flatten({ background: 'white' })
      .png({ compressionLevel: 3 })
      .toFile(join(folder, subject, `${name}.png`));
  }
  return folder;
};

/** Writes `perClass` images of each subject to learn from, and up to `most` of each of the others to test on. */
export const writeSplit = async (images, folder, { perClass, most = Infinity }) => {
  const { picked, rest } = pickDrawings(images, perClass);
  return {
    learn: await writeImages(picked, join(folder, 'learn')),
    test: await writeImages(pickDrawings(rest, most).picked, join(folder, 'test')),
  };
};
