import { examplesFromArray, type OutlierDetector } from '@regraft/core';
import { beforeAll, expect, test } from 'vitest';
import { pairModel } from '../testing/pair-model.js';
import { useWasm } from '../testing/use-wasm.js';
import { answerImages } from './answer-images.js';

beforeAll(useWasm);

/** Knows features like (1, 0) and (0, 1), and nothing far from both: of (1, -1) it accounts for all but a thousandth. */
const detector: OutlierDetector = {
  version: 2,
  features: 2,
  centre: Float32Array.of(0.5, 0.5),
  references: Float32Array.of(0.5, -0.5),
  ridge: 0.0005,
  factor: Float64Array.of(Math.sqrt(0.5005)),
  threshold: 0.8,
  falseAlarms: 0.05,
};

const rules = { temperature: 1, sure: { threshold: 0.7, target: 0.95 }, detector, notes: [] };

const answer = (values: number[], own = rules) =>
  answerImages(pairModel(1), examplesFromArray(Float32Array.from(values), [2]), own, undefined);

test('a clear image gets its label, one between the labels not sure, one unlike any none of these', async () => {
  const answers = await answer([3, 0, 0.5, 0.2, -3, -3]);
  expect(answers.map((one) => one.answer)).toEqual(['label', 'not-sure', 'none-of-these']);
  expect(answers[0]).toMatchObject({ label: 'ants' });
  expect(answers[0]!.distance).toBeLessThan(0.03);
  expect(answers[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(-3)), 5);
  expect(answers[1]).toMatchObject({ label: 'ants' });
});

test('the temperature lowers what a model that is too sure says', async () => {
  const [calibrated] = await answer([3, 0], { ...rules, temperature: 3 });
  expect(calibrated!.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  const { ants, bees } = calibrated!.probabilities;
  expect(ants! + bees!).toBeCloseTo(1, 6);
});

test('more images than are held at once come out in their order', async () => {
  const values = Array.from({ length: 600 }, (_, index) => (index % 3 === 0 ? [0, 3] : [3, 0])).flat();
  const answers = await answer(values);
  expect(answers.map(({ label }) => label)).toEqual(
    Array.from({ length: 600 }, (_, index) => (index % 3 === 0 ? 'bees' : 'ants')),
  );
});
