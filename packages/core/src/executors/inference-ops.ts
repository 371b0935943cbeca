import * as tf from '@tensorflow/tfjs';
import type { OpName } from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import type { FusedActivation } from './fused-activation.js';
import type { OpaqueLayer } from './opaque-layer.js';
import { sharedOps } from './shared-ops.js';
import type { WeightConstants } from './weight-constants.js';
import { windowPadding } from './window-padding.js';

export interface InferenceContext {
  readonly inputs: tf.Tensor[];
  readonly weight: WeightConstants['weight'];
  /** What a batch-norm that can't be folded comes to. */
  readonly affine: WeightConstants['affine'];
  opaque(name: string): OpaqueLayer;
  readonly activation: FusedActivation;
}

const bias = (context: InferenceContext, name: string | undefined): { bias?: tf.Tensor } =>
  name === undefined ? {} : { bias: context.weight(name) };

export const inferenceTable: OpTable<[context: InferenceContext], tf.Tensor> = {
  ...sharedOps,
  'batch-norm': (node, { inputs: [x], affine }) => {
    const { scale, offset } = affine(node);
    return x!.mul(scale).add(offset);
  },
  conv2d: (node, context) =>
    tf.fused.conv2d({
      x: context.inputs[0] as tf.Tensor4D,
      filter: context.weight(node.kernel) as tf.Tensor4D,
      ...bias(context, node.bias),
      strides: [...node.strides],
      dilations: [...node.dilations],
      pad: windowPadding(node.padding),
      activation: context.activation,
    }),
  dense: (node, context) =>
    tf.fused.matMul({
      a: context.inputs[0]!,
      b: context.weight(node.kernel),
      ...bias(context, node.bias),
      activation: context.activation,
    }),
  'depthwise-conv2d': (node, context) =>
    tf.fused.depthwiseConv2d({
      x: context.inputs[0] as tf.Tensor4D,
      filter: context.weight(node.kernel) as tf.Tensor4D,
      ...bias(context, node.bias),
      strides: [...node.strides],
      dilations: [...node.dilations],
      // The kernels take explicit padding; the types forget it.
      pad: windowPadding(node.padding) as 'same',
      activation: context.activation,
    }),
  dropout: (_node, { inputs: [x] }) => x!.clone(),
  input: (_node, { inputs: [x] }) => x!.clone(),
  opaque: (node, context) => context.opaque(node.name).apply(context.inputs, false),
};

/** The ops `compileInference` can execute. */
export const inferenceOps = Object.keys(inferenceTable) as OpName[];
