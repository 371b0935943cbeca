import { inferShapes } from '../../../network/infer-shapes.js';
import type { Network, NetworkNode, Shape, Weight } from '../../../network/network.js';
import { callOp } from '../../../network/op-table.js';
import { uniqueNames } from '../../unique-names.js';
import { layerWriters } from './layer-writers.js';

/** One layer of a tfjs-layers functional config. */
interface LayerEntry {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly unknown[];
}

/** A weight of the file: the network's, under the name tfjs-layers gives it, or a constant a layer needs. */
export interface LayersWeight {
  /** `layer/role`, as tfjs-layers looks it up. */
  readonly fileName: string;
  /** The network's name for it; undefined for a constant. */
  readonly name?: string;
  readonly weight: Weight;
}

export interface LayersTopology {
  /** A functional model as tfjs-layers and Keras 2 spell it. */
  readonly config: {
    readonly class_name: 'Model';
    readonly config: Readonly<Record<string, unknown>> & { readonly layers: readonly LayerEntry[] };
  };
  readonly weights: readonly LayersWeight[];
}

/** Appends a layer and returns its name. */
type AddLayer = (
  className: string,
  config: Readonly<Record<string, unknown>>,
  options?: {
    /** Names of layers; the node's own inputs unless told. */
    readonly inputs?: readonly string[];
    /** For layers that stand beside the node's own: its layer's name gets this at the end. */
    readonly suffix?: string;
    /** Weights by role: a name of the network's, or a constant. */
    readonly weights?: Readonly<Record<string, string | Weight>>;
  },
) => string;

/** What writing one node may use. */
export interface WriterContext {
  readonly add: AddLayer;
  /** Names of the layers that the node's inputs became. */
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly weights: Network['weights'];
}

/** tfjs-layers takes letters, digits and `-._/` in names, the first being a letter or digit. */
const layerName = (name: string): string =>
  name.replace(/[^-A-Za-z0-9._/]/g, '_').replace(/^[^A-Za-z0-9]/, 'layer$&') || 'layer';

/**
 * The network as a tfjs-layers functional config, with the weights it needs. Batch-norms stay, explicit
 * padding becomes `ZeroPadding2D`, relu6 `ReLU` of largest value 6, a rescale by channel a fixed
 * `BatchNormalization`, so plain tfjs-layers can load it. Throws `weights-unsupported` for pools whose padding
 * no Keras layer has.
 */
export const layersTopology = (network: Network): LayersTopology => {
  const shapes = inferShapes(network);
  const layers: LayerEntry[] = [];
  const uniqueName = uniqueNames();
  const outputs = new Map<string, string>();
  const weights: LayersWeight[] = [];

  const writeNode = (node: NetworkNode): string => {
    const inputLayers = node.inputs.map((input) => outputs.get(input)!);
    const add: AddLayer = (
      className,
      config,
      { inputs = inputLayers, suffix = '', weights: roles = {} } = {},
    ) => {
      const name = uniqueName(`${layerName(node.name)}${suffix}`);
      layers.push({
        class_name: className,
        name,
        config: { name, trainable: true, ...config },
        inbound_nodes: inputs.length === 0 ? [] : [inputs.map((source) => [source, 0, 0, {}])],
      });
      for (const [role, weight] of Object.entries(roles)) {
        const fileName = `${name}/${role}`;
        weights.push(
          typeof weight === 'string'
            ? { fileName, name: weight, weight: network.weights.get(weight)! }
            : { fileName, weight },
        );
      }
      return name;
    };
    const inputShapes = node.inputs.map((input) => shapes.get(input)!);
    return callOp(layerWriters, node, { add, inputs: inputLayers, inputShapes, weights: network.weights });
  };

  for (const node of network.nodes) outputs.set(node.name, writeNode(node));
  const input = network.nodes.find(({ op }) => op === 'input')!;
  return {
    config: {
      class_name: 'Model',
      config: {
        name: layerName(network.name),
        layers,
        input_layers: [[outputs.get(input.name), 0, 0]],
        output_layers: [[outputs.get(network.output), 0, 0]],
      },
    },
    weights,
  };
};
