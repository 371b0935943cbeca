import { expect, test } from 'vitest';
import { scannedInsects } from '../testing/fake-services.js';
import { picturedImages } from './pictured-images.js';

const paths = (labels: readonly string[], count: number) =>
  picturedImages(scannedInsects(labels), count).map(({ path }) => path);

test('each class is shown before any is shown twice', () => {
  expect(paths(['ants', 'bees'], 5)).toEqual(['0/0.jpg', '1/0.jpg', '0/1.jpg', '1/1.jpg', '0/2.jpg']);
  expect(paths(['ants', 'bees', 'wasps', 'flies'], 3)).toEqual(['0/0.jpg', '1/0.jpg', '2/0.jpg']);
});

test('there are no more than there are images', () => {
  const { labels, images } = scannedInsects();
  expect(picturedImages({ labels, images: images.slice(0, 2) }, 6)).toHaveLength(2);
});
