import { expect, test } from 'vitest';
import { comparedPair } from '../wizard/testing/described-version.js';
import { renderPair } from './pair-lines.js';

test('a line for each thing, with a word for whether it differs', () => {
  const lines = renderPair(comparedPair());
  expect(lines[0]).toMatch(/v1 +v3/);
  expect(lines).toContainEqual(expect.stringMatching(/backbone +mobilenet\S+ +mobilenet\S+ +same$/));
  expect(lines).toContainEqual(
    expect.stringMatching(/learned +the head alone +block-17 to head-conv, and the head +differs$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/training\.epochs +10 +2 +differs$/));
  expect(lines).toContain('  To have both asked the same images: regraft promote v3');
});

test('accuracies of the same images say so, and then nothing warns of them', () => {
  const lines = renderPair(comparedPair({ sameImages: true }));
  expect(lines).toContainEqual(expect.stringMatching(/accuracy .* same images$/));
  expect(lines.join('\n')).not.toContain('different images');
});

test('versions of other labels say which, and are not to be promoted', () => {
  const labels = { relation: 'superset' as const, onlyFirst: [], onlySecond: ['wasps'] };
  const lines = renderPair(comparedPair({ labels }));
  expect(lines).toContain('  Only v3 knows wasps.');
  expect(lines).toContainEqual(expect.stringMatching(/labels .* differs$/));
  expect(lines.join('\n')).not.toContain('promote');
});

test('a narrow terminal has the values below each other', () => {
  const lines = renderPair(comparedPair(), 60);
  expect(lines).toContain('  accuracy  other images');
  expect(lines).toContain('    v1  94.8 % (90.1-97.4, n 153)');
  expect(lines).toContain('  backbone: mobilenet-v2.openimages  same');
});
