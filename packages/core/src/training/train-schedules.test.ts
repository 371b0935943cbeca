import { registerWasmGradients } from '@regraft/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../evaluation/evaluate.js';
import { unfreezeAll, unfreezeFrom } from '../grafting/freeze-plan.js';
import { type Graftable, graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { plannedWeights } from '../grafting/trained-weights.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { type CheckpointContent, decodeCheckpoint } from './checkpoint.js';
import { collectTraining } from './collect-training.js';
import type { ExampleSource } from './example-source.js';
import { type TrainOptions, train } from './train.js';
import type { TrainingData } from './training-data.js';

const training = colouredImages(60, { noise: 0.5 });
const validation = colouredImages(40, { noise: 0.5, seed: 2 });
let backbone: Graftable;

beforeAll(async () => {
  await useBackend('wasm');
  registerWasmGradients();
  backbone = await tinyBackbone();
});

const grafted = (freeze = unfreezeFrom('block-3')): Model =>
  graft(backbone, { head: replaceHead(['red', 'green', 'blue']), freeze });

const follow = async (model: Model, data: TrainingData, options: TrainOptions) => {
  const checkpoints: CheckpointContent[] = [];
  const onCheckpoint = async (state: Uint8Array): Promise<void> => {
    checkpoints.push(await decodeCheckpoint(state));
  };
  const work = train(model, data, { checkpointSeconds: 0, onCheckpoint, ...options });
  return { ...(await collectTraining(work)), checkpoints };
};

const weightsOf = ({ network }: Model): Record<string, number[]> =>
  Object.fromEntries([...network.weights].map(([name, { data }]) => [name, [...data]]));

describe('gradual unfreezing', () => {
  const options = { unfreezing: 'gradual', epochs: 4, batchSize: 30, learningRate: 1e-2 } as const;

  test('moves the block below the head first, and the next one from its epoch on', async () => {
    const model = grafted();
    const { checkpoints, model: trained } = await follow(model, { training }, options);
    const isUpper = new Set(model.blocks.find(({ name }) => name === 'head-conv')!.nodes);
    const upper = model.network.nodes.flatMap((node) =>
      isUpper.has(node.name) && node.op === 'conv2d' ? [node.kernel] : [],
    );
    const kernels = [...plannedWeights(model).learningRates.keys()].filter(
      (name) => name.endsWith('/kernel') && !name.startsWith('head/'),
    );
    const moved = ({ arrays }: CheckpointContent): string[] =>
      kernels.filter((name) => {
        const before = model.network.weights.get(name)!.data;
        return arrays.get(`weights/${name}`)?.some((value, index) => value !== before[index]) ?? false;
      });
    const epochOf = ({ header }: CheckpointContent): number =>
      (header as { loop: { position: { epoch: number; step: number } } | null }).loop?.position.epoch ?? 0;
    const afterFirst = checkpoints.find((checkpoint) => epochOf(checkpoint) === 2)!;
    expect(moved(afterFirst)).toEqual(upper);
    const afterSecond = checkpoints.find((checkpoint) => epochOf(checkpoint) === 3)!;
    expect(moved(afterSecond)).toEqual(kernels);
    const after = weightsOf(trained);
    for (const name of kernels) expect(after[name]).not.toEqual(weightsOf(model)[name]);
  });

  test('is patient until all blocks train', async () => {
    const hopeless = { ...options, epochs: 8, learningRate: 0.5, patience: 1, warmUp: 0, gradientClip: null };
    const { best, history } = await follow(grafted(unfreezeAll()), { training, validation }, hopeless);
    // Five blocks in four epochs: the last of them join in the fourth.
    expect(best).toMatchObject({ phase: 'tail', epoch: 0 });
    expect(history.filter(({ phase }) => phase === 'tail')).toHaveLength(4);
  });
});

describe('averaged weights', () => {
  const options = { ema: 0.8, epochs: 3, batchSize: 20, learningRate: 1e-2, headFirst: false } as const;

  test('are those of the closed form over the weights of every step, and the result', async () => {
    const model = grafted();
    const { checkpoints, model: trained } = await follow(model, { training }, options);
    const name = [...plannedWeights(model).learningRates.keys()][0]!;
    const steps = new Map<number, CheckpointContent>();
    for (const checkpoint of checkpoints) {
      const { loop } = checkpoint.header as { loop: { averageSteps: number } | null };
      if (loop !== null) steps.set(loop.averageSteps, checkpoint);
    }
    expect(steps.size).toBe(9);
    let expected = [...model.network.weights.get(name)!.data];
    for (let step = 1; step <= 9; step++) {
      const decay = Math.min(0.8, step / (9 + step));
      const latest = steps.get(step)!.arrays.get(`weights/${name}`)!;
      expected = expected.map((value, index) => decay * value + (1 - decay) * latest[index]!);
    }
    const latest = steps.get(9)!.arrays.get(`weights/${name}`)!;
    for (const [index, value] of trained.network.weights.get(name)!.data.entries()) {
      expect(value).toBeCloseTo(expected[index]!, 6);
    }
    expect([...latest]).not.toEqual(weightsOf(trained)[name]);
  });

  test('are what validation sees', async () => {
    const many = { training: colouredImages(90, { noise: 0.5 }), validation };
    const { best, model } = await follow(grafted(unfreezeAll()), many, {
      ...options,
      epochs: 5,
      headFirst: true,
    });
    expect(best.epoch).toBeGreaterThan(0);
    const { logLoss } = await evaluate(model, validation);
    expect(logLoss.value).toBeCloseTo(best.validation!.loss, 5);
  });

  test('stay where they were at a learning rate of 0', async () => {
    const model = grafted();
    const { model: trained } = await follow(model, { training }, { ...options, learningRate: 0 });
    expect(weightsOf(trained)).toEqual(weightsOf(model));
  });
});

test.each(['mixup', 'cutmix'] as const)('%s learns from mixed images what plain ones show', async (kind) => {
  const model = grafted(unfreezeAll());
  const options = { epochs: 6, batchSize: 20, learningRate: 1e-2, mix: { kind } } as const;
  const plain = { ...options, mix: null };
  const mixed = await follow(model, { training, validation }, options);
  const { logLoss } = await evaluate(mixed.model, validation);
  expect(logLoss.value!).toBeLessThan(mixed.history[0]!.validation!.loss);
  const other = await follow(model, { training, validation }, plain);
  expect(weightsOf(mixed.model)).not.toEqual(weightsOf(other.model));
});

test('batches that come late give the very weights of batches at hand', async () => {
  let reading = 0;
  let most = 0;
  const late: ExampleSource = {
    ...training.examples,
    read: async (indices, into) => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, indices[0]! % 7));
      await training.examples.read(indices, into);
      reading--;
    },
  };
  const options = { epochs: 2, batchSize: 8, headFirst: false };
  const [atHand, inTime] = [
    await follow(grafted(unfreezeAll()), { training }, options),
    await follow(grafted(unfreezeAll()), { training: { ...training, examples: late } }, options),
  ];
  expect(weightsOf(inTime.model)).toEqual(weightsOf(atHand.model));
  expect(most).toBe(1);
});

test('a lone last image joins another batch, so batch statistics stay sound', async () => {
  // Three images in batches of two: one of three rather than a pair and a lone one.
  const few = colouredImages(3, { seed: 5 });
  const sizes: number[] = [];
  const examples: ExampleSource = {
    ...few.examples,
    read: (indices, into) => {
      sizes.push(indices.length);
      return few.examples.read(indices, into);
    },
  };
  const options = { epochs: 3, batchSize: 2, batchNorm: 'train', headFirst: false } as const;
  const labels = few.labels.map((_, index) => index);
  const model = grafted(unfreezeAll());
  const { model: trained } = await follow(model, { training: { examples, labels } }, options);
  expect(sizes).toEqual([3, 3, 3]);
  for (const { data } of trained.network.weights.values()) expect(data.every(Number.isFinite)).toBe(true);
  for (const node of model.network.nodes) {
    if (node.op !== 'batch-norm') continue;
    const [before, after] = [model, trained].map(({ network }) => network.weights.get(node.variance)!.data);
    // Three steps at momentum 0.99 towards a variance of nothing, as one image has it, would leave 0.99 ** 3 of it.
    expect(after!.some((value, index) => value > before![index]! * 0.99 ** 3 * 1.0001)).toBe(true);
  }
});
