import { RegraftError } from '@regraft/errors';
import type { Model } from '../grafting/model.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Shape } from '../network/network.js';
import { countLabels } from './class-weights.js';
import type { ExampleSource, LabelledExamples } from './example-source.js';
import type { LabelledSource } from './score-examples.js';

/** What a model is trained on: images, or activations at the model's cut. */
export interface TrainingData {
  readonly training: LabelledExamples & {
    /** The same examples, in the same order, in other views (flipped, cropped, in other colours). */
    readonly views?: readonly ExampleSource[] | undefined;
  };
  /** For early stopping and the best epoch; never trained on. */
  readonly validation?: LabelledExamples | undefined;
}

/** Training data that fit a model. */
export interface CheckedData {
  /** Whether the sources hold the model's input; else activations at its cut. */
  readonly holdsImages: boolean;
  readonly views: readonly ExampleSource[];
  readonly labels: Int32Array;
  readonly validation: LabelledSource | null;
}

const invalid = (rule: string, received: string, hint: string): RegraftError =>
  new RegraftError({ code: 'data-invalid', message: `${rule} Received: ${received}.`, hint });

const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;

const isSame = (a: Shape, b: Shape): boolean => formatShape(a) === formatShape(b);

/** Whether a source of examples holds a model's input, or activations at its cut. Throws `data-invalid`. */
export const holdsImages = ({ network, plan }: Model, { shape }: ExampleSource): boolean => {
  const shapes = inferShapes(network);
  const input = shapes.get(network.nodes.find(({ op }) => op === 'input')!.name)!;
  const cut = shapes.get(plan.cut)!;
  if (isSame(shape, input)) return true;
  if (isSame(shape, cut)) return false;
  throw invalid(
    `Examples are images of shape ${formatShape(input)} or activations at the cut "${plan.cut}" of shape ${formatShape(cut)}.`,
    formatShape(shape),
    "Decode images to the model's input size, or compute activations with the trunk of splitModel.",
  );
};

/** Class indexes of examples. Throws `data-invalid` for one that is out of range or missing. */
export const readLabels = ({ examples, labels }: LabelledExamples, classes: number): Int32Array => {
  if (labels.length !== examples.size) {
    throw invalid(
      'Every example has one label.',
      `${labels.length} labels for ${examples.size} examples`,
      'Give labels in the order of the examples.',
    );
  }
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw invalid(
        `A label is an index into the model's ${classes} labels.`,
        `${label} at example ${index}`,
        'Map label names with indexLabels(model.labels, names).',
      );
    }
  }
  return Int32Array.from(labels);
};

const requireTwoClasses = (labels: Int32Array, names: readonly string[]): void => {
  const counts = countLabels(labels, names.length);
  const present = names.filter((_, index) => counts[index]! > 0);
  if (present.length >= 2) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `Training needs examples of at least two labels. Received: ${labels.length} examples${present.length === 1 ? `, all of "${present[0]}"` : ''}.`,
    hint: 'Add images of another class.',
  });
};

/** Checks that data fit a model and each other. Throws `data-invalid` or `data-too-small`. */
export const checkTrainingData = (model: Model, { training, validation }: TrainingData): CheckedData => {
  const labels = readLabels(training, model.labels.length);
  requireTwoClasses(labels, model.labels);
  const views = [training.examples, ...(training.views ?? [])];
  for (const view of [...views, ...(validation ? [validation.examples] : [])]) {
    if (!isSame(view.shape, training.examples.shape)) {
      throw invalid(
        'All sources hold examples of one shape.',
        `${formatShape(view.shape)} beside ${formatShape(training.examples.shape)}`,
        'Prepare them all alike.',
      );
    }
  }
  if (views.some(({ size }) => size !== labels.length)) {
    throw invalid(
      'Every view holds the same examples.',
      `views of ${views.map(({ size }) => size).join(', ')} examples`,
      'Give each view one version of every example, in the same order.',
    );
  }
  return {
    holdsImages: holdsImages(model, training.examples),
    views,
    labels,
    validation:
      validation === undefined || validation.examples.size === 0
        ? null
        : { source: validation.examples, labels: readLabels(validation, model.labels.length) },
  };
};
