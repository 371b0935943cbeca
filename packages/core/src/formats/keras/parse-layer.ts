import { z } from 'zod';
import { unreadable } from '../format-errors.js';
import type { KerasCall, KerasLayer, KerasReference } from './keras-layer.js';

const entrySchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  module: z.string().nullish(),
  config: z.unknown().optional(),
  inbound_nodes: z.array(z.unknown()).nullish(),
});

const kerasTensor = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.object({ keras_history: z.tuple([z.string(), z.int(), z.int()]) }),
});

const historySchema = z.tuple([z.string(), z.int(), z.int()]).rest(z.unknown());

const deepest = 16;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Collected {
  readonly references: KerasReference[];
  constants: number;
}

const collect = (value: unknown, found: Collected, depth = 0): Collected => {
  if (depth > deepest) throw unreadable('A Keras config must not nest tensor lists deeper than 16.');
  const history = historySchema.safeParse(value);
  const tensor = kerasTensor.safeParse(value);
  if (history.success) {
    const [layer, call, index] = history.data;
    found.references.push({ layer, call, tensor: index });
  } else if (tensor.success) {
    const [layer, call, index] = tensor.data.config.keras_history;
    found.references.push({ layer, call, tensor: index });
  } else if (Array.isArray(value)) {
    for (const element of value) collect(element, found, depth + 1);
  } else {
    found.constants++;
  }
  return found;
};

/** The tensors a Keras config refers to, in `["name", 0, 0]` or `__keras_tensor__` form, nested in any lists. */
export const parseReferences = (value: unknown): KerasReference[] =>
  collect(value, { references: [], constants: 0 }).references;

const parseCall = (node: unknown): KerasCall => {
  const { references, constants } = collect(isPlainObject(node) ? node.args : node, {
    references: [],
    constants: 0,
  });
  return { inputs: references, hasConstants: constants > 0 };
};

const parseConfig = (config: unknown): Readonly<Record<string, unknown>> => {
  if (isPlainObject(config)) return config;
  return Array.isArray(config) ? { layers: config } : {};
};

/** Reads one layer entry of a Keras 2, Keras 3 or tfjs-layers config. */
export const parseLayer = (entry: unknown): KerasLayer => {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    throw unreadable(
      `A Keras config must list layers as {class_name, config}. Received: ${(JSON.stringify(entry) ?? 'none').slice(0, 80)}`,
    );
  }
  const { class_name, inbound_nodes, module, name } = parsed.data;
  const config = parseConfig(parsed.data.config);
  const calls = (inbound_nodes ?? []).map(parseCall);
  const isOperation = module?.includes('.ops') === true && calls.some(({ hasConstants }) => hasConstants);
  const className = class_name.replace(/^.*>/, '');
  return {
    className: isOperation ? `keras.ops.${className} with a constant` : className,
    name: name ?? (typeof config.name === 'string' ? config.name : class_name.toLowerCase()),
    config,
    calls,
  };
};
