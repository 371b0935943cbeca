import { RegraftError } from '@regraft/errors';
import { composeNetworks } from '../network/compose-networks.js';
import { cutNetwork } from '../network/cut-network.js';
import type { Block } from '../network/find-blocks.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import type { FreezePlan } from './freeze-plan.js';
import type { HeadPlan } from './head-plan.js';
import { requireLabels, requireSameLabels } from './labels.js';
import { createHead, extendClassifier } from './linear-head.js';
import type { Model } from './model.js';
import { headBlock, resolveFreezePlan } from './resolve-freeze-plan.js';

/** What a head can be grafted on: a loaded backbone is one. */
export interface Graftable {
  readonly id: string;
  readonly sha256: string;
  /** Ends in pooled features `[channels]`. */
  readonly network: Network;
  readonly blocks: readonly Block[];
  readonly preprocessing: Preprocessing;
  /** Takes the pooled features; needed to keep or extend a head. */
  readonly classifier?: Network | undefined;
  readonly labels?: readonly string[] | undefined;
}

export interface GraftOptions {
  readonly head: HeadPlan;
  readonly freeze: FreezePlan;
}

const featureCount = ({ id, network }: Graftable): number => {
  const shape = inferShapes(network).get(network.output)!;
  if (shape.length === 1) return shape[0]!;
  throw new RegraftError({
    code: 'network-invalid',
    message: `A head stands on pooled features, [channels]. Received: [${shape.join(', ')}] from backbone "${id}".`,
    hint: 'End the backbone in a global pool.',
  });
};

/** A classifier whose last node is softmax. */
const endInSoftmax = (classifier: Network): Network => {
  const last = classifier.nodes.find(({ name }) => name === classifier.output)!;
  if (last.op === 'activation' && last.kind === 'softmax') return classifier;
  const softmax = { op: 'activation', name: 'head/softmax', inputs: [last.name], kind: 'softmax' } as const;
  return { ...classifier, nodes: [...classifier.nodes, softmax], output: softmax.name };
};

const requireHead = ({
  id,
  classifier,
  labels,
}: Graftable): { classifier: Network; labels: readonly string[] } => {
  if (classifier !== undefined && labels !== undefined) {
    return { classifier: endInSoftmax(classifier), labels };
  }
  throw new RegraftError({
    code: 'labels-mismatch',
    message: `Only a head with labels can be kept or extended. Received: backbone "${id}" with ${classifier === undefined ? 'no head' : 'a head but no labels'}.`,
    hint: 'Replace the head.',
  });
};

const makeHead = (
  backbone: Graftable,
  plan: HeadPlan,
): { classifier: Network; labels: readonly string[] } => {
  switch (plan.kind) {
    case 'replace':
      requireLabels(plan.labels);
      return {
        classifier: createHead(featureCount(backbone), plan.labels.length, plan.dropout),
        labels: plan.labels,
      };
    case 'keep': {
      const head = requireHead(backbone);
      requireSameLabels(head.labels, plan.labels);
      return head;
    }
    case 'extend': {
      const head = requireHead(backbone);
      const labels = [...head.labels, ...plan.labels];
      requireLabels(labels);
      return { classifier: extendClassifier(head.classifier, plan.labels.length), labels };
    }
  }
};

/**
 * Puts a head on a backbone. A new head, and the new classes of an extended one, start with zero weights: a linear
 * softmax layer has a convex loss and no hidden units whose symmetry a random start would have to break, so zeros
 * (every class equally likely) need no seed and lose nothing.
 * Throws `labels-mismatch` when kept or extended labels don't fit, `recipe-invalid` for a freeze plan that doesn't.
 *
 * @example
 * const model = graft(backbone, { head: replaceHead(['ants', 'bees']), freeze: unfreezeFrom('block-13') });
 */
export const graft = (backbone: Graftable, { head, freeze }: GraftOptions): Model => {
  const { classifier, labels } = makeHead(backbone, head);
  const network = composeNetworks(backbone.network, classifier);
  const nodes = classifier.nodes.filter(({ op }) => op !== 'input').map(({ name }) => name);
  const blocks = [...backbone.blocks, { name: headBlock, nodes, output: network.output }];
  return {
    network,
    blocks,
    labels: [...labels],
    preprocessing: backbone.preprocessing,
    plan: resolveFreezePlan(blocks, freeze),
    backbone: { id: backbone.id, sha256: backbone.sha256 },
  };
};

/** A model's backbone as it is now, and its head. */
export const separateHead = ({ network, blocks }: Model): { features: Network; classifier: Network } => {
  const features = blocks.at(-2)!.output;
  const { trunk, tail } = cutNetwork(network, features);
  return { features: trunk, classifier: tail };
};

/**
 * Grafts anew on a trained model: its backbone with the weights they have now, its head kept, extended or replaced,
 * another freeze plan. Throws as `graft` does.
 *
 * @example regraft(model, { head: keepHead(['bees', 'ants']), freeze: freezeAllButHead() });
 */
export const regraft = (model: Model, options: GraftOptions): Model => {
  const { features, classifier } = separateHead(model);
  return graft(
    {
      ...model.backbone,
      network: features,
      blocks: model.blocks.slice(0, -1),
      preprocessing: model.preprocessing,
      classifier,
      labels: model.labels,
    },
    options,
  );
};
