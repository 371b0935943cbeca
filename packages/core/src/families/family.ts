import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import type { Network } from '../network/network.js';
import { type Blueprint, blankNetwork } from './blueprint.js';
import type { Dialect } from './dialect.js';

/** Hyper-parameters that every family has. */
export const commonHyperParameters = {
  /** Channels of the input image. */
  inputChannels: z.int().positive().default(3),
  /** Classes of the classifier; without them the network ends in pooled features. */
  classes: z.int().positive().optional(),
};

/** The side of a square input in pixels. */
export const inputSize = z.int().min(32);

/** Hyper-parameters as JSON: those that are left out have defaults. */
export type HyperParameters = Readonly<Record<string, unknown>>;

/** All of them, defaults filled in. */
type ResolvedHyperParameters = HyperParameters & z.output<z.ZodObject<typeof commonHyperParameters>>;

/** An architecture that is built from hyper-parameters and filled from state dicts. */
export interface Family {
  readonly id: string;
  readonly title: string;
  /** Authors, year and arXiv number. */
  readonly paper: string;
  readonly hyperParameters: z.ZodObject<typeof commonHyperParameters>;
  /** Fills in the defaults. Throws `network-invalid` for hyper-parameters that the family does not know. */
  resolve(hyperParameters: HyperParameters): ResolvedHyperParameters;
  /** The network's layers and the shapes of its weights. */
  blueprint(hyperParameters: HyperParameters): Blueprint;
  /** The network with blank weights, named as the first dialect does. */
  build(hyperParameters: HyperParameters): Network;
  /** The first one names the network's own weights. */
  readonly dialects: readonly [Dialect, ...Dialect[]];
  /** Hyper-parameters to try when only a state dict is known, likely ones first. */
  readonly candidates: readonly HyperParameters[];
  /** The layer that sees the image. */
  readonly inputLayer: string;
  /** The layer whose outputs are the classes. */
  readonly classifierLayer: string;
}

interface FamilyDefinition<Schema extends z.ZodObject<typeof commonHyperParameters>>
  extends Omit<Family, 'blueprint' | 'build' | 'hyperParameters' | 'resolve'> {
  readonly hyperParameters: Schema;
  readonly draw: (hyperParameters: z.output<Schema>) => Blueprint;
}

/** Makes a family of a schema and a function that draws its blueprint. */
export const defineFamily = <Schema extends z.ZodObject<typeof commonHyperParameters>>({
  draw,
  ...facts
}: FamilyDefinition<Schema>): Family => {
  const resolve = (hyperParameters: HyperParameters): z.output<Schema> => {
    const parsed = facts.hyperParameters.safeParse(hyperParameters);
    if (parsed.success) return parsed.data;
    throw new RegraftError({
      code: 'network-invalid',
      message: `${facts.title} must get hyper-parameters that it knows. Received: ${JSON.stringify(hyperParameters)}`,
      hint: z.prettifyError(parsed.error),
      cause: parsed.error,
    });
  };
  const blueprint = (hyperParameters: HyperParameters): Blueprint => draw(resolve(hyperParameters));
  return {
    ...facts,
    resolve,
    blueprint,
    build: (hyperParameters) => blankNetwork(blueprint(hyperParameters)),
  };
};
