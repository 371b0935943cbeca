import { type ExampleSource, type Model, outlierScores, pooledFeatures } from '@regraft/core';
import { selectExamples } from '../features/select-examples.js';
import { bestLabel } from '../trust/best-label.js';
import { classifyFeatures } from '../trust/classify-features.js';
import type { AnswerRules } from './answer-rules.js';
import type { Answer, ImageAnswer } from './file-prediction.js';

/** How many images' features are held at once. */
const chunk = 512;

const decide = (
  { sure, detector }: AnswerRules,
  { confidence, distance }: { readonly confidence: number; readonly distance: number | null },
): Answer => {
  if (distance !== null && distance > (detector?.threshold ?? Number.POSITIVE_INFINITY))
    return 'none-of-these';
  return sure !== null && confidence < sure.threshold ? 'not-sure' : 'label';
};

const answerChunk = async (
  model: Model,
  activations: ExampleSource,
  rules: AnswerRules,
  signal: AbortSignal | undefined,
): Promise<ImageAnswer[]> => {
  const values = await pooledFeatures(model, activations, { signal });
  const width = values.length / activations.size;
  const { temperature, detector } = rules;
  const probabilities = await classifyFeatures(model, { values, width }, { temperature, signal });
  const distances = detector && outlierScores(detector, values);
  const classes = model.labels.length;
  return Array.from({ length: activations.size }, (_, index) => {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    const { label, confidence } = bestLabel(row);
    const distance = distances ? distances[index]! : null;
    return {
      answer: decide(rules, { confidence, distance }),
      label: model.labels[label]!,
      probability: confidence,
      probabilities: Object.fromEntries(model.labels.map((name, at) => [name, row[at]!])),
      distance,
    };
  });
};

/** A model's answers to images at its cut, in their order. */
export const answerImages = async (
  model: Model,
  activations: ExampleSource,
  rules: AnswerRules,
  signal: AbortSignal | undefined,
): Promise<ImageAnswer[]> => {
  const answers: ImageAnswer[] = [];
  for (let start = 0; start < activations.size; start += chunk) {
    const positions = Array.from(
      { length: Math.min(chunk, activations.size - start) },
      (_, at) => start + at,
    );
    answers.push(...(await answerChunk(model, selectExamples(activations, positions), rules, signal)));
  }
  return answers;
};
