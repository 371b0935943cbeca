import { expect, test } from 'vitest';
import { z } from 'zod';
import { baseLearningRate, parseTrainingOptions, trainingOptionsSchema } from './training-options.js';

test('every option has a default and a description, for the forms that are made from them', () => {
  const { properties } = z.toJSONSchema(trainingOptionsSchema, { io: 'input' }) as {
    properties: Record<string, { description?: string; default?: unknown }>;
  };
  for (const [name, property] of Object.entries(properties)) {
    expect(property, name).toHaveProperty('default');
    expect(property.description, name).toMatch(/\.$/);
  }
  expect(parseTrainingOptions({})).toEqual(trainingOptionsSchema.parse({}));
});

test('a wrong option is named', () => {
  expect(() => parseTrainingOptions({ epochs: 0, labelSmoothing: 1 })).toThrow(
    expect.objectContaining({
      code: 'recipe-invalid',
      message: expect.stringMatching(/epochs: .*; labelSmoothing: /),
    }),
  );
});

test('the learning rate is what was asked for, or fits phase and optimiser', () => {
  const rate = (options: Parameters<typeof parseTrainingOptions>[0], phase: 'head' | 'tail') =>
    baseLearningRate(parseTrainingOptions(options), phase);
  expect(rate({ learningRate: 0.5 }, 'tail')).toBe(0.5);
  expect([rate({}, 'head'), rate({}, 'tail')]).toEqual([1e-3, 3e-5]);
  expect(rate({ optimiser: 'sgd' }, 'tail')).toBe(3e-3);
});
