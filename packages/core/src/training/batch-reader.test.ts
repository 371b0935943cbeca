import { expect, test } from 'vitest';
import { createBatchReader } from './batch-reader.js';
import { examplesFromArray } from './example-source.js';
import { drawMixing } from './mix-examples.js';
import { randomGenerator } from './random-generator.js';

const source = {
  views: [examplesFromArray(Float32Array.of(1, 2, 3), [1, 1, 1])],
  labels: Int32Array.of(0, 0, 1),
  classes: 2,
};
const place = { phase: 'tail', epoch: 2, step: 4, seed: 9 };
const batch = { examples: [2, 0], rows: [2, 0] };

test('targets carry smoothing and the weight of their class', async () => {
  const read = createBatchReader(source, { classWeights: 'balanced', labelSmoothing: 0.2, mix: null });
  const { inputs, targets, labels } = await read(batch, place);
  expect([...inputs]).toEqual([3, 1]);
  expect(labels).toEqual([1, 0]);
  // Weights n / (classes * count): 3/2 for the class with one example, 3/4 for that with two.
  for (const [index, value] of [0.1 * 1.5, 0.9 * 1.5, 0.9 * 0.75, 0.1 * 0.75].entries()) {
    expect(targets[index]).toBeCloseTo(value, 6);
  }
});

test('mixed targets are what the draw of their place says, and the label is that of the larger share', async () => {
  const mix = { kind: 'mixup', alpha: 1 } as const;
  const read = createBatchReader(source, { classWeights: 'none', labelSmoothing: 0, mix });
  const seen = new Set<boolean>();
  for (let step = 0; step < 20; step++) {
    const { partners, share } = drawMixing(mix, 2, [1, 1, 1], randomGenerator(9, 'tail', 'mix', 2, step));
    const { inputs, targets, labels } = await read(batch, { ...place, step });
    const [own, other] = partners[0] === 0 ? [3, 3] : [3, 1];
    expect(inputs[0]).toBeCloseTo(share * own + (1 - share) * other, 5);
    expect(targets[1]).toBeCloseTo(partners[0] === 0 ? 1 : share, 5);
    expect(targets[0]! + targets[1]!).toBeCloseTo(1, 5);
    expect(labels[0]).toBe(targets[1]! >= 0.5 ? 1 : 0);
    seen.add(labels[0] === 1);
  }
  expect(seen.size).toBe(2);
});
