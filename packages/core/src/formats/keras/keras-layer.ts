import type { RegraftError } from '@regraft/errors';
import type { z } from 'zod';
import type { NetworkNode, Shape } from '../../network/network.js';
import { unsupported } from '../format-errors.js';

/** One entry of a Keras config, in either spelling. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** One element for each call of the layer in a functional model. */
  readonly calls: readonly KerasCall[];
}

const modelClasses: ReadonlySet<string> = new Set(['Functional', 'Model', 'Sequential']);

/** True for the classes that hold layers of their own. */
export const isModel = ({ className }: KerasLayer): boolean => modelClasses.has(className);

/** What a layer was called on. */
export interface KerasCall {
  readonly inputs: readonly KerasReference[];
  /** True where a call mixes tensors with plain numbers, as `x * 0.5` does in Keras 3. */
  readonly hasConstants: boolean;
}

/** Output `tensor` of call `call` of a layer. */
export interface KerasReference {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
}

/** What a layer mapping may use: the layer, what it is applied to, and the network it writes into. */
export interface LayerContext {
  readonly layer: KerasLayer;
  /** Names of the nodes the layer is applied to. */
  readonly inputs: readonly string[];
  /** 2 for Keras 2 and tfjs-layers, which share meanings; 3 for Keras 3. */
  readonly kerasMajor: number;
  /** The classes that have a mapping of their own, for error messages. */
  readonly knownClasses: readonly string[];
  /** Appends a node and returns its final name. */
  add(node: NetworkNode): string;
  /** The name of the layer's weight that has one of these roles (`kernel`, `bias`, …). */
  weight(...roles: readonly string[]): string;
  /** The values of a weight the network keeps as constants. */
  readWeight(role: string): Float32Array;
  shapeOf(node: string): Shape;
  warn(sentence: string): void;
}

/** Appends a layer's nodes and returns the name of the one that carries its value. */
export type LayerMapping = (context: LayerContext) => string;

/** A `weights-unsupported` error that names the layer and its class. */
export const unsupportedLayer = (
  layer: KerasLayer,
  rule: string,
  hint: string,
  details: Readonly<Record<string, unknown>> = {},
): RegraftError =>
  unsupported(`Layer "${layer.name}" (${layer.className}): ${rule}`, hint, {
    layer: layer.name,
    className: layer.className,
    ...details,
  });

/** A mapping for layers whose config has this schema; anything else in the config is ignored. */
export const mapLayer =
  <Schema extends z.ZodType>(
    schema: Schema,
    map: (config: z.infer<Schema>, context: LayerContext) => string,
  ): LayerMapping =>
  (context) => {
    const parsed = schema.safeParse(context.layer.config);
    if (parsed.success) return map(parsed.data, context);
    const [issue] = parsed.error.issues;
    const field = String(issue!.path[0] ?? 'config');
    throw unsupportedLayer(
      context.layer,
      `its ${field} can't be read: ${issue!.message}. Received: ${JSON.stringify(context.layer.config[field]) ?? 'none'}`,
      'Export the model with a setting the network knows.',
    );
  };
