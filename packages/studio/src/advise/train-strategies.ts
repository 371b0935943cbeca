import {
  collectTraining,
  extendHead,
  type FreezePlan,
  keepHead,
  type Model,
  predictProbabilities,
  regraft,
  type Strategy,
  train,
} from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { rightAnswers } from '../evaluate/right-answers.js';
import { selectExamples } from '../features/select-examples.js';
import { extractFeatures, type ImageExamples, type SplitFeatures } from '../fit/extract-features.js';
import { graftModel } from '../fit/graft-model.js';
import type { StartPoint } from '../fit/start-point.js';
import { trainingData } from '../fit/training-data.js';
import type { Recipe } from '../recipe/recipe.js';
import { type Emit, runPhase } from '../runs/phase-clock.js';

export interface StrategiesRequest {
  readonly store: Store;
  readonly recipe: Recipe;
  readonly start: StartPoint;
  readonly manifests: readonly [Manifest, Manifest];
  /** Both together. */
  readonly manifest: Manifest;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface TrainedStrategy {
  readonly strategy: Strategy;
  /** 1 for a right answer and 0 for a wrong one, on the test images of the first data set and of the second. */
  readonly correct: readonly [readonly number[], readonly number[]];
  readonly seconds: number;
}

const headOnly: FreezePlan = { kind: 'head-only' };

/** The examples of one data set, with labels of a model that knows it. */
const partOf = (
  examples: ImageExamples,
  { own, names, labels }: { own: ReadonlySet<string>; names: readonly string[]; labels: readonly string[] },
): ImageExamples => {
  const kept = [...examples.images.keys()].filter((index) => own.has(examples.images[index]!.sha256));
  return {
    examples: selectExamples(examples.examples, kept),
    labels: Int32Array.from(kept, (index) => labels.indexOf(names[examples.labels[index]!]!)),
    images: kept.map((index) => examples.images[index]!),
  };
};

/** Trains a head, or heads, each way on the same features, and asks each the test images of both data sets. */
export const trainStrategies = async (request: StrategiesRequest): Promise<TrainedStrategy[]> => {
  const { store, recipe, start, manifests, manifest, emit, signal } = request;
  const { seed, training } = recipe;
  const fresh = (labels: readonly string[]): Model =>
    graftModel(start, { ...recipe, head: 'replace', freeze: headOnly }, labels).model;
  const joint = fresh(manifest.labels);
  const features = await runPhase(
    emit,
    'features',
    (report) => extractFeatures({ store, model: joint, manifest, augment: null, seed, signal, report }),
    ({ cache }) => cache,
  );
  const owns = manifests.map(({ images }) => new Set(images.map(({ sha256 }) => sha256)));

  /** The splits of one data set, for a model with these labels. */
  const side = (
    index: number,
    labels: readonly string[],
  ): Pick<SplitFeatures, 'test' | 'train' | 'validation'> => {
    const part = (examples: ImageExamples): ImageExamples =>
      partOf(examples, { own: owns[index]!, names: manifest.labels, labels });
    return {
      train: [part(features.train[0]!)],
      validation: features.validation && part(features.validation),
      test: features.test && part(features.test),
    };
  };
  const fit = async (model: Model, data: Pick<SplitFeatures, 'train' | 'validation'>): Promise<Model> =>
    (await collectTraining(train(model, trainingData(data), { ...training, seed, signal }))).model;
  const ask = async (model: Model, index: number): Promise<number[]> => {
    const { examples, labels } = side(index, model.labels).test!;
    const probabilities = await predictProbabilities(model, examples, { signal });
    return rightAnswers(probabilities, labels, { width: model.labels.length });
  };

  const ways: Readonly<Record<Strategy, () => Promise<readonly [Model, Model]>>> = {
    joint: async () => {
      const model = await fit(joint, features);
      return [model, model];
    },
    separate: async () => {
      const of = (index: number, { labels }: Manifest): Promise<Model> =>
        fit(fresh(labels), side(index, labels));
      return [await of(0, manifests[0]), await of(1, manifests[1])];
    },
    sequence: async () => {
      const [first, second] = manifests;
      const before = await fit(fresh(first.labels), side(0, first.labels));
      const added = second.labels.filter((label) => !first.labels.includes(label));
      const head = added.length > 0 ? extendHead(added) : keepHead(first.labels);
      const grown = regraft(before, { head, freeze: headOnly });
      const model = await fit(grown, side(1, grown.labels));
      return [model, model];
    },
  };
  try {
    return await runPhase(emit, 'heads', async (report) => {
      const strategies: TrainedStrategy[] = [];
      for (const strategy of ['joint', 'separate', 'sequence'] as const) {
        const started = performance.now();
        const [first, second] = await ways[strategy]();
        const correct = [await ask(first, 0), await ask(second, 1)] as const;
        strategies.push({ strategy, correct, seconds: (performance.now() - started) / 1000 });
        report({ done: strategies.length, total: 3 });
      }
      return strategies;
    });
  } finally {
    await features.close();
  }
};
