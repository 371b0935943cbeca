import type { NetworkNode, Padding, Shape } from '../network/network.js';
import type { Blueprint } from './blueprint.js';
import { type Dialect, originName } from './dialect.js';

/** A square window. */
interface Window {
  readonly size: number;
  readonly stride?: number;
  readonly padding?: Padding;
}

/** A chain of layers under construction; every method appends one to the last. */
export interface BlueprintDraft {
  /** The last layer and its channels: what a residual connection comes back to. */
  readonly last: { readonly name: string; readonly channels: number };
  conv2d(name: string, options: Window & { readonly channels: number; readonly bias?: boolean }): void;
  depthwiseConv2d(name: string, options: Window & { readonly multiplier?: number }): void;
  dense(name: string, units: number): void;
  batchNorm(name: string, epsilon: number): void;
  activation(name: string, kind: 'relu6' | 'softmax'): void;
  /** Adds the value of an earlier layer. */
  add(name: string, other: string): void;
  globalAveragePool(name: string, keepDims: boolean): void;
  dropout(name: string, rate: number): void;
  reshape(name: string, shape: Shape): void;
  finish(): Blueprint;
}

/** Starts a blueprint with its input; `dialect` names the weights. */
export const draftBlueprint = (name: string, inputShape: Shape, dialect: Dialect): BlueprintDraft => {
  const nodes: NetworkNode[] = [{ op: 'input', name: 'input', inputs: [], shape: inputShape }];
  const shapes = new Map<string, Shape>();
  let last = { name: 'input', channels: inputShape.at(-1)! };

  const append = (node: NetworkNode, channels = last.channels): void => {
    nodes.push(node);
    last = { name: node.name, channels };
  };
  const weight = (layer: string, op: NetworkNode['op'], role: string, shape: Shape): string => {
    const weightName = originName(dialect, { name: layer, op }, role);
    shapes.set(weightName, shape);
    return weightName;
  };
  const inputs = (): string[] => [last.name];
  const slide = ({ stride = 1, padding = 'same' }: Window) =>
    ({ strides: [stride, stride], dilations: [1, 1], padding }) as const;

  return {
    get last() {
      return last;
    },
    conv2d: (layer, { channels, bias = false, ...window }) => {
      const op = 'conv2d';
      const kernel = weight(layer, op, 'kernel', [window.size, window.size, last.channels, channels]);
      const biasName = bias ? { bias: weight(layer, op, 'bias', [channels]) } : {};
      append({ op, name: layer, inputs: inputs(), kernel, ...biasName, ...slide(window) }, channels);
    },
    depthwiseConv2d: (layer, { multiplier = 1, ...window }) => {
      const op = 'depthwise-conv2d';
      const kernel = weight(layer, op, 'kernel', [window.size, window.size, last.channels, multiplier]);
      append({ op, name: layer, inputs: inputs(), kernel, ...slide(window) }, last.channels * multiplier);
    },
    dense: (layer, units) => {
      const op = 'dense';
      const kernel = weight(layer, op, 'kernel', [last.channels, units]);
      const bias = weight(layer, op, 'bias', [units]);
      append({ op, name: layer, inputs: inputs(), kernel, bias }, units);
    },
    batchNorm: (layer, epsilon) => {
      const op = 'batch-norm';
      const vector = (role: string): string => weight(layer, op, role, [last.channels]);
      append({
        op,
        name: layer,
        inputs: inputs(),
        gamma: vector('gamma'),
        beta: vector('beta'),
        mean: vector('mean'),
        variance: vector('variance'),
        epsilon,
      });
    },
    activation: (layer, kind) => append({ op: 'activation', name: layer, inputs: inputs(), kind }),
    add: (layer, other) => append({ op: 'add', name: layer, inputs: [other, last.name] }),
    globalAveragePool: (layer, keepDims) =>
      append({ op: 'global-average-pool', name: layer, inputs: inputs(), keepDims }),
    dropout: (layer, rate) => append({ op: 'dropout', name: layer, inputs: inputs(), rate }),
    reshape: (layer, shape) => append({ op: 'reshape', name: layer, inputs: inputs(), shape }),
    finish: () => ({ name, nodes, output: last.name, shapes }),
  };
};
