import {
  extendHead,
  graft,
  type HeadPlan,
  keepHead,
  type Model,
  nodeWeights,
  regraft,
  replaceHead,
  requireMixable,
  untrainedModel,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { FixedRecipe } from '../recipe/recipe.js';
import type { BlockState } from '../runs/run-event.js';
import { chooseHead, type HeadKind } from './choose-head.js';
import type { StartPoint } from './start-point.js';

const headPlan = (kind: HeadKind, start: StartPoint, labels: readonly string[]): HeadPlan => {
  if (kind === 'replace') return replaceHead(labels);
  if (kind === 'keep') return keepHead(labels);
  const known = start.kind === 'version' ? start.model.model.labels : [];
  const added = labels.filter((label) => !known.includes(label));
  if (added.length > 0) return extendHead(added);
  throw new RegraftError({
    code: 'labels-mismatch',
    message: `A head is extended by labels that it does not know yet. Received: only known ones (${labels.join(', ')})`,
    hint: 'Leave --head away to go on with the head as it is.',
  });
};

export interface GraftedModel {
  readonly model: Model;
  readonly head: HeadKind;
}

const withHint = (error: unknown): unknown => {
  if (!RegraftError.isInstance(error) || error.code !== 'labels-mismatch') return error;
  return new RegraftError({
    ...error.toJSON(),
    hint: 'Use --head replace for these labels alone, or --head extend to keep the old ones and add the new ones.',
    cause: error,
  });
};

/** Puts the recipe's head on what it starts from, and freezes what the recipe freezes. */
export const graftModel = (
  start: StartPoint,
  recipe: FixedRecipe,
  labels: readonly string[],
): GraftedModel => {
  const known = start.kind === 'version' ? start.model.model.labels : null;
  const kind = chooseHead(recipe, known, labels);
  try {
    const options = { head: headPlan(kind, start, labels), freeze: recipe.freeze };
    const model =
      start.kind === 'backbone' ? graft(start.backbone, options) : regraft(start.model.model, options);
    requireMixable(model, recipe.training);
    return { model: recipe.untrained ? untrainedModel(model, recipe.seed) : model, head: kind };
  } catch (error) {
    throw withHint(error);
  }
};

/** What becomes of each block, from the stem to the head. */
export const blockStates = ({ network, blocks, plan }: Model): BlockState[] => {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const frozen = new Set(plan.frozen);
  const size = (name: string): number => network.weights.get(name)?.data.length ?? 0;
  return blocks.map((block, index) => {
    const weights = new Set(
      block.nodes.flatMap((name) => nodeWeights(nodes.get(name)!).map((weight) => weight.name)),
    );
    const state = index === blocks.length - 1 ? 'head' : frozen.has(block.name) ? 'frozen' : 'trained';
    return {
      name: block.name,
      state,
      output: block.output,
      parameters: [...weights].reduce((total, name) => total + size(name), 0),
      learningRate: plan.learningRates[block.name] ?? 0,
    };
  });
};
