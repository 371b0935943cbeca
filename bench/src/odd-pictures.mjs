import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomNumbers } from './random-numbers.mjs';

const pixels = 256;
const count = 100;

/** Pictures of pure noise. */
const writeNoise = async (folder) => {
  const random = randomNumbers(7);
  for (let index = 0; index < count; index++) {
    const noise = Buffer.from(Uint8Array.from({ length: pixels ** 2 * 3 }, () => random() * 256));
    await sharp(noise, { raw: { width: pixels, height: pixels, channels: 3 } })
      .png()
      .toFile(join(folder, `${index}.png`));
  }
};

/** The words of this benchmark's own sources. */
const words = ['odd-pictures.mjs', 'make-photos.mjs', 'drawings.mjs']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join(' ')
  .replaceAll(/[<>&]/g, '')
  .split(/\s+/);

/** A page of text, as a screenshot shows it. */
const pageOf = (index) => {
  const lines = Array.from({ length: 20 }, (_, line) => {
    const start = (index * 37 + line * 9) % (words.length - 7);
    return `<text x="10" y="${16 + line * 12}" font-size="${8 + (index % 5)}">${words.slice(start, start + 7).join(' ')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" font-family="sans-serif"><rect width="100%" height="100%" fill="white"/>${lines.join('')}</svg>`;
};

const writePages = (folder) => {
  for (let index = 0; index < count; index++) writeFileSync(join(folder, `${index}.svg`), pageOf(index));
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      sharp(join(folder, `${index}.svg`))
        .png()
        .toFile(join(folder, `${index}.png`)),
    ),
  );
};

/** Writes pictures that are no drawings into folders of one: `noise` and `pages` of text. */
export const writeOddPictures = async (folder) => {
  const folders = { noise: join(folder, 'noise'), pages: join(folder, 'pages') };
  for (const each of Object.values(folders)) mkdirSync(each, { recursive: true });
  await writeNoise(folders.noise);
  await writePages(folders.pages);
  return folders;
};
