import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { debianFiles } from './debian-files.mjs';

const names = ['top', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'boot'];
const side = 28;

/** The header of an IDX file of pixels is 16 bytes, of labels 8. */
const header = { pixels: 16, labels: 8 };

/** The 10,000 test images of Fashion-MNIST: clothes in grey, 28 px. */
export const greys = () => {
  const folder = join(debianFiles('dataset-fashion-mnist'), 'usr/share/datasets/fashion-mnist');
  const read = (name) => gunzipSync(readFileSync(join(folder, name)));
  const pixels = read('t10k-images-idx3-ubyte.gz').subarray(header.pixels);
  const labels = read('t10k-labels-idx1-ubyte.gz').subarray(header.labels);
  return Array.from(labels, (label, index) => ({
    subject: names[label],
    name: String(index),
    open: () =>
      sharp(pixels.subarray(index * side * side, (index + 1) * side * side), {
        raw: { width: side, height: side, channels: 1 },
      }),
  }));
};
