import { describe, expect, test } from 'vitest';
import { seededValues } from '../../testing/seeded-values.js';
import { Lbfgs } from './lbfgs.js';

const ones = (size: number) => new Float32Array(size).fill(1);

/** Runs a minimiser to its end; gives the count of evaluations. */
const minimise = (
  minimiser: Lbfgs,
  evaluate: (point: Float32Array) => { loss: number; gradient: Float32Array },
): number => {
  let evaluations = 0;
  while (!minimiser.done) {
    const { loss, gradient } = evaluate(minimiser.point);
    minimiser.observe(loss, gradient);
    evaluations++;
    if (evaluations > 10_000) throw new Error('no end');
  }
  return evaluations;
};

/** sum(curvature * (x - target) ** 2) / 2 + 1 */
const quadratic = (curvatures: Float32Array, target: Float32Array) => (point: Float32Array) => {
  let loss = 1;
  const gradient = point.map((value, index) => {
    loss += (curvatures[index]! * (value - target[index]!) ** 2) / 2;
    return curvatures[index]! * (value - target[index]!);
  });
  return { loss, gradient };
};

describe('Lbfgs', () => {
  const size = 200;
  const target = seededValues(size, 3);
  const curvatures = Float32Array.from({ length: size }, (_, index) => 10 ** ((3 * index) / size - 1));

  test('finds the minimum of an ill-conditioned quadratic', () => {
    const minimiser = new Lbfgs(new Float32Array(size), { scale: ones(size), tolerance: 1e-4, limit: 500 });
    const evaluations = minimise(minimiser, quadratic(curvatures, target));
    for (const [index, value] of target.entries()) expect(minimiser.point[index]).toBeCloseTo(value, 2);
    expect(evaluations).toBeLessThan(300);
  });

  test('takes one step and a look when the scale is the inverse curvature', () => {
    const scale = curvatures.map((value) => 1 / value);
    const minimiser = new Lbfgs(new Float32Array(size), { scale, tolerance: 1e-4, limit: 500 });
    expect(minimise(minimiser, quadratic(curvatures, target))).toBe(2);
  });

  test('is done at once at a minimum, and leaves its start alone', () => {
    const start = target.slice();
    const minimiser = new Lbfgs(start, { scale: ones(size), tolerance: 1e-4, limit: 500 });
    expect(minimise(minimiser, quadratic(curvatures, target))).toBe(1);
    expect([...start]).toEqual([...target]);
  });

  test('ends at its limit with the best point it saw', () => {
    const minimiser = new Lbfgs(new Float32Array(size), { scale: ones(size), tolerance: 0, limit: 7 });
    const evaluate = quadratic(curvatures, target);
    const losses: number[] = [];
    minimise(minimiser, (point) => {
      const evaluation = evaluate(point);
      losses.push(evaluation.loss);
      return evaluation;
    });
    expect(evaluate(minimiser.point).loss).toBe(Math.min(...losses));
  });

  test('shortens a step that leads uphill or to no number', () => {
    // log(cosh x) is flat far out: a Newton-like step from there overshoots to where exp overflows.
    const evaluate = ([x]: Float32Array) => ({
      loss: Math.log((Math.exp(x!) + Math.exp(-x!)) / 2),
      gradient: Float32Array.of(Math.tanh(x!)),
    });
    const minimiser = new Lbfgs(Float32Array.of(3), {
      scale: Float32Array.of(1e6),
      tolerance: 1e-4,
      limit: 100,
    });
    minimise(minimiser, evaluate);
    expect(Math.abs(minimiser.point[0]!)).toBeLessThan(1e-3);
  });
});
