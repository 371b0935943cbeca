import type { ActivationKind, ActivationNode } from '../network/network.js';
import type { OnnxGraph } from './onnx-graph.js';

const scalar = (graph: OnnxGraph, value: number): string => graph.floats(Float32Array.of(value), []);

const hardSigmoid = (graph: OnnxGraph, x: string, slope: number): string =>
  graph.add('HardSigmoid', [x], { alpha: { float: slope }, beta: { float: 0.5 } });

/** Every activation in ONNX operators, with the defaults for `alpha` that the tfjs executors have. */
const activations: Record<
  ActivationKind,
  (graph: OnnxGraph, x: string, alpha: number | undefined) => string
> = {
  elu: (graph, x, alpha = 1) => graph.add('Elu', [x], { alpha: { float: alpha } }),
  gelu: (graph, x) => {
    const scaled = graph.add('Erf', [graph.add('Mul', [x, scalar(graph, Math.SQRT1_2)])]);
    const raised = graph.add('Add', [scaled, scalar(graph, 1)]);
    return graph.add('Mul', [graph.add('Mul', [x, scalar(graph, 0.5)]), raised]);
  },
  'hard-sigmoid': (graph, x, slope = 0.2) => hardSigmoid(graph, x, slope),
  'hard-swish': (graph, x) => graph.add('Mul', [x, hardSigmoid(graph, x, 1 / 6)]),
  'leaky-relu': (graph, x, alpha = 0.2) => graph.add('LeakyRelu', [x], { alpha: { float: alpha } }),
  relu: (graph, x) => graph.add('Relu', [x]),
  relu6: (graph, x) => graph.add('Clip', [x, scalar(graph, 0), scalar(graph, 6)]),
  sigmoid: (graph, x) => graph.add('Sigmoid', [x]),
  softmax: (graph, x) => graph.add('Softmax', [x], { axis: 1 }),
  softplus: (graph, x) => graph.add('Softplus', [x]),
  swish: (graph, x) => graph.add('Mul', [x, graph.add('Sigmoid', [x])]),
  tanh: (graph, x) => graph.add('Tanh', [x]),
};

/** Writes an activation node over a value whose channels are axis 1. */
export const addOnnxActivation = (node: ActivationNode, graph: OnnxGraph, x: string): string =>
  activations[node.kind](graph, x, node.alpha);
