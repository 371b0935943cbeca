import { expect, test } from 'vitest';
import { rightAnswers } from './right-answers.js';

const probabilities = Float32Array.of(0.1, 0.3, 0.6, 0.5, 0.2, 0.3);

test('the most probable label is the answer', () => {
  expect(rightAnswers(probabilities, [2, 1], { width: 3 })).toEqual([1, 0]);
});

test('a model that knows the first labels alone answers with one of them', () => {
  expect(rightAnswers(probabilities, [1, 0], { width: 3, answers: 2 })).toEqual([1, 1]);
});
