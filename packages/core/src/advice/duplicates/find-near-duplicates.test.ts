import { expect, test } from 'vitest';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { type RandomGenerator, randomGenerator } from '../../training/random-generator.js';
import { findNearDuplicates, nearDuplicateSchema } from './find-near-duplicates.js';
import { hammingDistance } from './hamming-distance.js';
import type { PerceptualHash } from './perceptual-hash.js';

const hashOf = (value: bigint, informative = true): PerceptualHash => ({
  bits: value.toString(16).padStart(16, '0'),
  informative,
});

const randomHash = (generator: RandomGenerator): bigint =>
  (BigInt(generator.bits()) << 32n) | BigInt(generator.bits());

/** The value with `count` of its bits, drawn with replacement, turned over. */
const disturb = (value: bigint, count: number, generator: RandomGenerator): bigint => {
  let disturbed = value;
  for (let flip = 0; flip < count; flip++) disturbed ^= 1n << BigInt(generator.below(64));
  return disturbed;
};

const clusters = (count: number, seed: number): PerceptualHash[] => {
  const generator = randomGenerator(seed, 'clusters');
  const centres = Array.from({ length: 20 }, () =>
    randomHash(randomGenerator(generator.below(20), 'centre')),
  );
  return Array.from({ length: count }, () =>
    hashOf(disturb(centres[generator.below(20)]!, generator.below(20), generator), generator.below(9) > 0),
  );
};

test.each([0, 1, 2, 5, 6, 10, 16])('finds what comparing all pairs finds, up to %i bits', (maximum) => {
  const [hashes, others] = [clusters(300, 1), clusters(200, 2)];
  const all = hashes
    .flatMap((hash, index) =>
      others.flatMap((otherHash, other) =>
        hash.informative && otherHash.informative
          ? [{ index, other, distance: hammingDistance(hash.bits, otherHash.bits) }]
          : [],
      ),
    )
    .filter(({ distance }) => distance <= maximum)
    .sort((a, b) => a.distance - b.distance || a.index - b.index || a.other - b.other);
  expect(all.length).toBeGreaterThan(0);
  expect(findNearDuplicates(hashes, others, maximum)).toEqual(all);
});

test('gives each pair of one list once, and none of a hash with itself', () => {
  const hashes = [5n, 5n, 2n ** 63n, 7n].map((value) => hashOf(value));
  const found = findNearDuplicates(hashes, hashes, 2);
  expect(found).toEqual([
    { index: 0, other: 1, distance: 0 },
    { index: 0, other: 3, distance: 1 },
    { index: 1, other: 3, distance: 1 },
  ]);
  expect(nearDuplicateSchema.array().parse(found)).toEqual(found);
});

test('does not take hashes without information for duplicates', () => {
  const flat = [hashOf(1n, false), hashOf(1n, false), hashOf(1n)];
  expect(findNearDuplicates(flat, flat, 6)).toEqual([]);
});

test('finds the copies among twenty thousand images and as many others', () => {
  const generator = randomGenerator(3, 'many');
  const values = Array.from({ length: 20_000 }, () => randomHash(generator));
  const others = values.map((value, index) =>
    index % 100 === 0 ? disturb(value, 6, generator) : randomHash(generator),
  );
  const found = findNearDuplicates(
    values.map((value) => hashOf(value)),
    others.map((value) => hashOf(value)),
    6,
  );
  expect(found.filter(({ index, other }) => index === other)).toHaveLength(200);
});

test.each([-1, 1.5, 17, Number.NaN])('refuses a distance of %d', async (distance) => {
  expect((await regraftErrorOf(() => findNearDuplicates([], [], distance))).code).toBe('usage-invalid');
});
