import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileInference } from '../executors/compile-inference.js';
import { hashNetwork } from '../network/hash-network.js';
import type { Network } from '../network/network.js';
import { validateNetwork } from '../network/validate-network.js';
import { networkBuilder } from '../testing/network-builder.js';
import { seededValues } from '../testing/seeded-values.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { tinyClassifier } from '../testing/tiny-classifier.js';
import { useBackend } from '../testing/use-backend.js';
import { freezeAllButHead, unfreezeAll, unfreezeFrom, unfreezeLast } from './freeze-plan.js';
import { graft, regraft } from './graft.js';
import { extendHead, keepHead, replaceHead } from './head-plan.js';
import { indexLabels } from './labels.js';
import type { Model } from './model.js';
import { splitModel } from './split-model.js';

const animals = ['ants', 'bees', 'crabs'];
await useBackend('cpu');
const backbone = await tinyBackbone();
const freeze = freezeAllButHead();

const run = (network: Network, values: Float32Array, shape: number[]): Float32Array =>
  tf
    .tidy(() => {
      const executor = compileInference(network);
      const output = Float32Array.from(executor.run(tf.tensor(values, shape)).dataSync());
      executor.dispose();
      return tf.tensor(output);
    })
    .dataSync() as Float32Array;

/** A model whose head has learned something: its weights are not zero. */
const trained = (): Model => {
  const model = graft(backbone, { head: replaceHead(animals), freeze });
  const weights = new Map(model.network.weights);
  weights.set('head/dense/kernel', { shape: [12, 3], data: seededValues(36, 5) });
  weights.set('head/dense/bias', { shape: [3], data: seededValues(3, 6) });
  return { ...model, network: { ...model.network, weights } };
};

beforeAll(() => useBackend('cpu'));

describe('graft', () => {
  test('a new head makes every class equally likely and leaves the backbone alone', () => {
    const model = graft(backbone, { head: replaceHead(animals, { dropout: 0.3 }), freeze });
    validateNetwork(model.network);
    expect(model.labels).toEqual(animals);
    expect(model.blocks.map(({ name }) => name)).toEqual([
      ...['stem', 'block-1', 'block-2', 'block-3', 'head-conv', 'head'],
    ]);
    expect(model.blocks.at(-1)!.nodes).toEqual(['head/dropout', 'head/dense', 'head/softmax']);
    for (const [name, weight] of backbone.network.weights)
      expect(model.network.weights.get(name)).toBe(weight);
    const output = run(model.network, seededValues(2 * 192, 3), [2, 8, 8, 3]);
    expect([...output]).toEqual(new Array(6).fill(Math.fround(1 / 3)));
  });

  test('refuses labels that make no classifier, and a backbone without pooled features', () => {
    const grafted = (labels: string[]) => () => graft(backbone, { head: replaceHead(labels), freeze });
    expect(grafted(['ants'])).toThrow(/at least two labels. Received: "ants"/);
    expect(grafted(['ants', 'bees', 'ants'])).toThrow(/once each. Received: "ants"/);
    const builder = networkBuilder([8, 8, 3]);
    const network = builder.finish(builder.conv(builder.input, 4));
    expect(() => graft({ ...backbone, network }, { head: replaceHead(animals), freeze })).toThrow(
      /pooled features.*Received: \[8, 8, 4\] from backbone "tiny"/,
    );
  });

  test('keeps a classifier of several layers that came with the backbone, adding softmax to logits', () => {
    const model = graft(
      { ...backbone, classifier: tinyClassifier(), labels: animals },
      { head: keepHead(['crabs', 'ants', 'bees']), freeze },
    );
    validateNetwork(model.network);
    expect(model.labels).toEqual(animals);
    expect(model.network.output).toBe('head/softmax');
    const [a, b, c] = run(model.network, seededValues(192, 3), [1, 8, 8, 3]);
    expect(a! + b! + c!).toBeCloseTo(1);
    expect(new Set([a, b, c]).size).toBe(3);
  });

  test('extends a classifier of several layers at its last one', () => {
    const model = graft(
      { ...backbone, classifier: tinyClassifier(), labels: animals },
      { head: extendHead(['dogs']), freeze },
    );
    validateNetwork(model.network);
    const { shape, data } = model.network.weights.get('classifier/logits/kernel')!;
    expect(shape).toEqual([8, 4]);
    expect(data[3]).toBe(0);
    expect(data[4]).toBe(tinyClassifier().weights.get('classifier/logits/kernel')!.data[3]);
  });

  test('refuses to keep a head that is not there', () => {
    expect(() => graft(backbone, { head: keepHead(animals), freeze })).toThrow(
      /can be kept or extended. Received: backbone "tiny" with no head/,
    );
  });
});

describe('regraft', () => {
  test('keeps the head for the same labels in another order', async () => {
    const model = trained();
    const kept = regraft(model, { head: keepHead(['crabs', 'ants', 'bees']), freeze: unfreezeAll() });
    expect(kept.labels).toEqual(animals);
    expect(kept.blocks).toEqual(model.blocks);
    expect(kept.backbone).toEqual(model.backbone);
    expect(await hashNetwork(kept.network)).toBe(await hashNetwork(model.network));
    expect([...indexLabels(kept.labels, ['crabs', 'ants'])]).toEqual([2, 0]);
  });

  test('names missing and extra labels', () => {
    const keep = (labels: string[]) => () => regraft(trained(), { head: keepHead(labels), freeze });
    expect(keep(['ants', 'bees', 'crabs', 'dogs'])).toThrow(
      expect.objectContaining({
        code: 'labels-mismatch',
        message: expect.stringContaining('labels with "dogs" besides'),
        hint: expect.stringContaining('Extend the head'),
        details: { missing: [], extra: ['dogs'] },
      }),
    );
    expect(keep(['ants', 'dogs'])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('labels without "bees", "crabs" and with "dogs" besides'),
        hint: expect.stringContaining('Replace the head'),
      }),
    );
  });

  test("extends the head: old classes' weights stay byte-equal, new ones are zero", () => {
    const model = trained();
    const extended = regraft(model, { head: extendHead(['dogs', 'eels']), freeze });
    validateNetwork(extended.network);
    expect(extended.labels).toEqual([...animals, 'dogs', 'eels']);
    const before = model.network.weights.get('head/dense/kernel')!.data;
    const { shape, data } = extended.network.weights.get('head/dense/kernel')!;
    expect(shape).toEqual([12, 5]);
    for (let row = 0; row < 12; row++) {
      expect([...data.slice(row * 5, row * 5 + 5)]).toEqual([...before.slice(row * 3, row * 3 + 3), 0, 0]);
    }
    const bias = extended.network.weights.get('head/dense/bias')!.data;
    expect([...bias]).toEqual([...model.network.weights.get('head/dense/bias')!.data, 0, 0]);
    expect(() => regraft(model, { head: extendHead(['bees']), freeze })).toThrow(
      /once each. Received: "bees"/,
    );
  });

  test('replaces the head and forgets the old one', () => {
    const replaced = regraft(trained(), { head: replaceHead(['x', 'y']), freeze });
    validateNetwork(replaced.network);
    expect(replaced.network.weights.get('head/dense/kernel')!.shape).toEqual([12, 2]);
    expect(replaced.network.weights.get('head/dense/kernel')!.data.every((value) => value === 0)).toBe(true);
    expect(replaced.blocks.map(({ name }) => name)).toEqual(trained().blocks.map(({ name }) => name));
  });
});

describe('splitModel', () => {
  test.each([
    ['head only', freezeAllButHead(), [12]],
    ['from head-conv', unfreezeFrom('head-conv'), [2, 2, 6]],
    ['the last two', unfreezeLast(2), [2, 2, 6]],
    ['everything', unfreezeAll(), [8, 8, 3]],
  ])('trunk then tail is the model: %s', (_, plan, shape) => {
    const model = regraft(trained(), { head: keepHead(animals), freeze: plan });
    const { trunk, tail, cut } = splitModel(model);
    expect(tail.nodes[0]).toMatchObject({ op: 'input', name: cut, shape });
    const images = seededValues(3 * 192, 8);
    const whole = run(model.network, images, [3, 8, 8, 3]);
    const parts = run(tail, run(trunk, images, [3, 8, 8, 3]), [3, ...shape]);
    for (const [index, value] of whole.entries()) expect(parts[index]).toBeCloseTo(value, 6);
  });
});
