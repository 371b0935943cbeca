import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../evaluation/evaluate.js';
import { predictProbabilities } from '../evaluation/predict-probabilities.js';
import { type FreezePlan, freezeAllButHead, unfreezeAll, unfreezeFrom } from '../grafting/freeze-plan.js';
import { freezeProof } from '../grafting/freeze-proof.js';
import { type Graftable, graft, regraft } from '../grafting/graft.js';
import { extendHead, keepHead, replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { tinyClassifier } from '../testing/tiny-classifier.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { type ExampleSource, examplesFromArray } from './example-source.js';
import { type TrainOptions, train } from './train.js';
import type { TrainingData } from './training-data.js';
import type { TrainingEvent } from './training-event.js';
import { untrainedModel } from './untrained-model.js';

const labels = ['red', 'green', 'blue'];
const training = colouredImages(90, { noise: 0.5 });
const validation = colouredImages(45, { noise: 0.5, seed: 2 });
const heldOut = colouredImages(100, { noise: 0.5, seed: 3 });

const run = async (model: Model, data: TrainingData, options: TrainOptions = {}) => {
  const events: TrainingEvent[] = [];
  const result = await collectTraining(train(model, data, options), (event) => events.push(event));
  return { ...result, events };
};

const weightsOf = ({ network }: Model): Record<string, number[]> =>
  Object.fromEntries([...network.weights].map(([name, { data }]) => [name, [...data]]));

/** Event types with repetitions left out. */
const outline = (events: readonly TrainingEvent[]): string[] =>
  events
    .map((event) => ('phase' in event ? `${event.phase} ${event.type}` : event.type))
    .filter((name, index, all) => name !== all[index - 1] && !name.endsWith(' step'));

describe.each(['cpu', 'wasm'] as const)('train on %s', (backend) => {
  let backbone: Graftable;
  const grafted = (freeze: FreezePlan, dropout = 0) =>
    graft(backbone, { head: replaceHead(labels, { dropout }), freeze });

  beforeAll(async () => {
    await useBackend(backend);
    if (backend === 'wasm') registerWasmGradients();
    backbone = await tinyBackbone();
  });

  test('a head on a frozen backbone, from images', async () => {
    const model = grafted(freezeAllButHead());
    const tensors = tf.memory().numTensors;
    const result = await run(model, { training, validation });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(outline(result.events)).toEqual([
      'trunk phase-start',
      'trunk examples-computed',
      'trunk phase-end',
      'head phase-start',
      'head-fit',
      'head epoch-end',
      'head phase-end',
    ]);
    const { accuracy } = await evaluate(result.model, heldOut);
    expect(accuracy.value).toBeGreaterThan(0.6);
    expect(result.history).toHaveLength(1);
    expect(result.best).toEqual({ phase: 'head', epoch: 1, validation: result.history[0]!.validation });
    expect(result.head).toMatchObject({ solver: 'exact', folds: 5 });
    const score = await evaluate(result.model, validation);
    expect(result.best.validation!.accuracy).toBeCloseTo(score.accuracy.value!, 6);
    expect(result.best.validation!.loss).toBeCloseTo(score.logLoss.value!, 5);
    const proof = await freezeProof(model, result.model.network);
    expect(proof).toMatchObject({ equal: true, tensors: model.network.weights.size - 2 });
  });

  test('blocks after the head; what is frozen keeps its bytes, and training makes it better', async () => {
    const model = grafted(unfreezeAll());
    const head = await run(grafted(freezeAllButHead()), { training, validation });
    const result = await run(
      model,
      { training, validation },
      { epochs: 5, learningRate: 1e-2, batchSize: 16 },
    );
    expect(outline(result.events).slice(0, 6)).toEqual([
      'features phase-start',
      'features examples-computed',
      'features phase-end',
      'head phase-start',
      'head-fit',
      'head epoch-end',
    ]);
    expect(result.best.phase).toBe('tail');
    expect(result.best.validation!.loss).toBeLessThan(head.best.validation!.loss - 0.05);
    const { logLoss } = await evaluate(result.model, validation);
    expect(logLoss.value).toBeCloseTo(result.best.validation!.loss, 4);
    expect(await freezeProof(model, result.model.network)).toMatchObject({ equal: true });
  });

  test('activations cached at the cut give the very weights that images give', async () => {
    const model = grafted(unfreezeFrom('block-3'));
    const { trunk } = splitModel(model);
    const cached = async ({ examples, labels: own }: typeof training) => ({
      examples: examplesFromArray(await predictProbabilities(trunk, examples), [2, 2, 6]),
      labels: own,
    });
    const options = { epochs: 2, batchSize: 32 };
    const fromImages = await run(model, { training, validation }, options);
    const fromCache = await run(
      model,
      { training: await cached(training), validation: await cached(validation) },
      options,
    );
    expect(weightsOf(fromCache.model)).toEqual(weightsOf(fromImages.model));
    expect(fromCache.events.some(({ type }) => type === 'examples-computed')).toBe(true);
    expect(outline(fromCache.events)[0]).toBe('features phase-start');
    const cachedReport = await evaluate(fromCache.model, await cached(heldOut));
    expect(cachedReport.accuracy).toEqual((await evaluate(fromCache.model, heldOut)).accuracy);
  });

  test.each([
    ['AdamW', {}],
    ['SGD', { optimiser: 'sgd', learningRate: 0.05 }],
    ['no clipping, no decay', { gradientClip: null, weightDecay: 0 }],
    ['batch statistics', { batchNorm: 'train' }],
    ['dropout, smoothing and class weights', { dropout: 0.3, labelSmoothing: 0.1, classWeights: 'balanced' }],
    ['a head by gradient first', { headSolver: 'gradient' }],
    ['no head first', { headFirst: false }],
  ] as const)('twice the same with %s, and no tensor is left behind', async (_, options) => {
    const model = grafted(unfreezeFrom('block-3'));
    const tensors = tf.memory().numTensors;
    const settings = { epochs: 2, batchSize: 40, learningRate: 1e-2, ...options };
    const [one, two] = [await run(model, { training }, settings), await run(model, { training }, settings)];
    expect(tf.memory().numTensors).toBe(tensors);
    expect(weightsOf(one.model)).toEqual(weightsOf(two.model));
    const batchNorm = 'batchNorm' in options ? options.batchNorm : 'inference';
    expect(await freezeProof(model, one.model.network, batchNorm)).toMatchObject({ equal: true });
    if (batchNorm === 'train') {
      expect((await freezeProof(model, one.model.network)).changed.length).toBeGreaterThan(0);
    }
    const other = await run(model, { training }, { ...settings, seed: 1 });
    expect(weightsOf(other.model)).not.toEqual(weightsOf(one.model));
  });

  test('tensors stay level from epoch to epoch', async () => {
    const counts: number[] = [];
    const options = { epochs: 4, batchSize: 30, patience: null, headFirst: false };
    for await (const event of train(grafted(unfreezeFrom('block-2')), { training, validation }, options)) {
      if (event.type === 'epoch-end') counts.push(tf.memory().numTensors);
    }
    expect(counts).toHaveLength(4);
    expect(new Set(counts).size).toBe(1);
  });
});

describe('train', () => {
  let backbone: Graftable;
  const grafted = (freeze: FreezePlan) => graft(backbone, { head: replaceHead(labels), freeze });

  beforeAll(async () => {
    await useBackend('wasm');
    registerWasmGradients();
    backbone = await tinyBackbone();
  });

  test('gives the weights of the best epoch and stops early', async () => {
    const model = grafted(unfreezeAll());
    const options = { epochs: 30, batchSize: 16, learningRate: 3e-2, patience: 2, warmUp: 0 };
    const { history, best, model: trained } = await run(model, { training, validation }, options);
    const tail = history.filter(({ phase }) => phase === 'tail');
    expect(tail.length).toBeLessThan(30);
    expect(tail.length).toBe(best.epoch + 2);
    const losses = tail.map(({ validation: score }) => score!.loss);
    expect(best.validation!.loss).toBeLessThanOrEqual(Math.min(...losses));
    expect((await evaluate(trained, validation)).logLoss.value).toBeCloseTo(best.validation!.loss, 4);
  });

  test('never gives back blocks that validate worse than the head alone', async () => {
    const head = await run(grafted(freezeAllButHead()), { training, validation });
    const options = { epochs: 3, learningRate: 0.5, patience: 1, warmUp: 0, gradientClip: null };
    const { best, model } = await run(grafted(unfreezeAll()), { training, validation }, options);
    expect(best).toMatchObject({ phase: 'tail', epoch: 0 });
    expect(weightsOf(model)).toEqual(weightsOf(head.model));
  });

  test('weights that have learned nothing are not given back, though no epoch validates better', async () => {
    const model = untrainedModel(grafted(unfreezeAll()), 1);
    const unlearnable = {
      ...validation,
      labels: validation.labels.map((label) => (label + 1) % labels.length),
    };
    const options = { epochs: 4, learningRate: 1e-2, headFirst: false, patience: null };
    const data = { training, validation: unlearnable };
    const kept = await run(model, data, options);
    expect(kept.best.epoch).toBe(0);
    const { best, history } = await run(model, data, { ...options, keepStart: false });
    expect(best.epoch).toBeGreaterThan(0);
    expect(best.validation!.loss).toBe(Math.min(...history.map((record) => record.validation!.loss)));
    expect(best.validation!.loss).toBeGreaterThan(kept.best.validation!.loss);
  });

  test('without validation data the last epoch stands', async () => {
    const { best, history } = await run(
      grafted(unfreezeFrom('head-conv')),
      { training },
      { epochs: 5, patience: 1 },
    );
    expect(best).toEqual({ phase: 'tail', epoch: 5, validation: null });
    expect(history.every((record) => record.validation === null)).toBe(true);
  });

  test('a learning rate of 0 moves nothing', async () => {
    const model = grafted(unfreezeAll());
    const { model: trained } = await run(
      model,
      { training },
      { epochs: 1, learningRate: 0, headFirst: false },
    );
    expect(weightsOf(trained)).toEqual(weightsOf(model));
  });

  test('a multiplier slows its block down', async () => {
    const move = async (rates?: Record<string, number>) => {
      const model = grafted(unfreezeFrom('block-3', rates));
      const options = { epochs: 1, optimiser: 'sgd', learningRate: 1e-3, weightDecay: 0, warmUp: 0 } as const;
      const { model: trained } = await run(model, { training }, options);
      const nodes = model.blocks.find(({ name }) => name === 'head-conv')!.nodes;
      const name = model.network.nodes.flatMap((node) =>
        nodes.includes(node.name) && node.op === 'conv2d' ? [node.kernel] : [],
      )[0]!;
      const [before, after] = [model, trained].map(({ network }) => network.weights.get(name)!.data);
      return Math.hypot(...after!.map((value, index) => value - before![index]!));
    };
    const ratio = (await move({ 'head-conv': 0.01 })) / (await move());
    expect(ratio).toBeGreaterThan(0.005);
    expect(ratio).toBeLessThan(0.02);
  });

  test('batches may be larger than the data, or one example each', async () => {
    const few = { examples: training.examples, labels: training.labels };
    for (const batchSize of [1, 89, 1000]) {
      const { history } = await run(
        grafted(unfreezeFrom('head-conv')),
        { training: few },
        { epochs: 1, batchSize, batchNorm: batchSize === 1 ? 'inference' : 'train' },
      );
      expect(Number.isFinite(history.at(-1)!.loss)).toBe(true);
    }
  });

  test('every view is drawn from, an example once an epoch', async () => {
    const reads: number[][] = [[], []];
    const counting = (view: number): ExampleSource => ({
      ...training.examples,
      read: (indices, into) => {
        reads[view]!.push(...indices);
        return training.examples.read(indices, into);
      },
    });
    const model = grafted(unfreezeAll());
    const data = { training: { examples: counting(0), labels: training.labels, views: [counting(1)] } };
    await run(model, data, { epochs: 1, headFirst: false });
    expect([...reads[0]!, ...reads[1]!].sort((a, b) => a - b)).toEqual([...training.labels.keys()]);
    expect(Math.min(reads[0]!.length, reads[1]!.length)).toBeGreaterThan(20);
  });

  test('a kept head goes on from what it has learned', async () => {
    const { model } = await run(grafted(freezeAllButHead()), { training });
    const kept = regraft(model, { head: keepHead(['blue', 'green', 'red']), freeze: freezeAllButHead() });
    const few = colouredImages(6, { noise: 0.5, seed: 9 });
    const continued = await run(kept, { training: few }, { headRegularisation: 10 });
    const fresh = await run(grafted(freezeAllButHead()), { training: few }, { headRegularisation: 10 });
    const [a, b] = [await evaluate(continued.model, heldOut), await evaluate(fresh.model, heldOut)];
    expect(a.logLoss.value!).toBeLessThan(b.logLoss.value!);
  });

  test('a classifier of several layers is trained by gradient', async () => {
    const model = graft(
      { ...backbone, classifier: tinyClassifier(), labels },
      { head: keepHead(labels), freeze: freezeAllButHead() },
    );
    const options = { epochs: 10, learningRate: 1e-2, patience: null };
    const { head, best, model: trained } = await run(model, { training, validation }, options);
    expect(head).toMatchObject({ solver: 'gradient', regularisation: null });
    const [before, after] = [await evaluate(model, validation), await evaluate(trained, validation)];
    expect(after.logLoss.value!).toBeLessThan(before.logLoss.value! - 0.1);
    expect(after.logLoss.value).toBeCloseTo(best.validation!.loss, 5);
    expect((await freezeProof(model, trained.network)).equal).toBe(true);
  });

  test('an extended head learns the new class beside the old ones', async () => {
    const isOld = (index: number) => training.labels[index]! < 2;
    const old = [...training.labels.keys()].filter(isOld);
    const values = new Float32Array(old.length * 192);
    await training.examples.read(old, values);
    const two = graft(backbone, { head: replaceHead(labels.slice(0, 2)), freeze: freezeAllButHead() });
    const first = await run(two, {
      training: {
        examples: examplesFromArray(values, [8, 8, 3]),
        labels: old.map((index) => training.labels[index]!),
      },
    });
    const extended = regraft(first.model, { head: extendHead(['blue']), freeze: freezeAllButHead() });
    const { model } = await run(extended, { training });
    const report = await evaluate(model, heldOut);
    expect(report.classNames).toEqual(labels);
    expect(report.accuracy.value).toBeGreaterThan(0.5);
    for (const { recall } of report.classes) expect(recall.value).toBeGreaterThan(0.2);
  });

  test('balanced class weights find more of a rare class', async () => {
    const kept = [...training.labels.keys()].filter(
      (index) => training.labels[index] !== 2 || index % 4 === 0,
    );
    const values = new Float32Array(kept.length * 192);
    await training.examples.read(kept, values);
    const data = {
      training: {
        examples: examplesFromArray(values, [8, 8, 3]),
        labels: kept.map((index) => training.labels[index]!),
      },
    };
    const recall = async (kind: 'balanced' | 'none') => {
      const { model } = await run(grafted(freezeAllButHead()), data, { classWeights: kind });
      return (await evaluate(model, heldOut)).classes[2]!.recall.value!;
    };
    expect(await recall('balanced')).toBeGreaterThan((await recall('none')) + 0.1);
  });

  test('lets timers run while it works', async () => {
    let ticks = 0;
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      ticks++;
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const started = performance.now();
    await run(grafted(unfreezeAll()), { training, validation }, { epochs: 3, batchSize: 16 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan((performance.now() - started) / 200);
    expect(longest).toBeLessThan(1000);
  });
});
