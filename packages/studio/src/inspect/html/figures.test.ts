import { expect, test } from 'vitest';
import { createFigureMaker } from './figures.js';

const thumbnails = new Map([
  ['/data/a.png', { webp: new Uint8Array(300) }],
  ['/data/b.png', { webp: new Uint8Array(300) }],
]);

test('pictures stop before the page grows beyond its limit, and the reader is told', () => {
  const maker = createFigureMaker({ thumbnails, heatMaps: new Map() }, { root: '/data', bytes: 500 });
  expect(maker.pictures('/data/a.png').markup).toContain('src="data:image/webp;base64,AAAA');
  expect(maker.pictures('/data/b.png').markup).toContain('no picture: the report is large enough');
});

test('a path is shown from the folder of the data, or whole outside it', () => {
  const maker = createFigureMaker({ thumbnails, heatMaps: new Map() }, { root: '/data', bytes: 500 });
  expect(maker.path('/data/cats/1.png').markup).toContain('<bdi>cats/1.png</bdi>');
  expect(maker.path('/elsewhere/1.png').markup).toContain('<bdi>/elsewhere/1.png</bdi>');
});
