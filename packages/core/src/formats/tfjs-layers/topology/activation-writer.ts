import type { ActivationKind, ActivationNode } from '../../../network/network.js';
import type { WriterContext } from './layers-topology.js';

/** `clip(slope * x + 0.5, 0, 1)` as `relu6(6 * slope * x + 3) / 6`. */
const writeHardSigmoid = (slope: number, suffix: string, { add }: WriterContext): string => {
  const shifted = add('Rescaling', { scale: 6 * slope, offset: 3 }, { suffix: '/shift' });
  const clipped = add('ReLU', { max_value: 6 }, { suffix: '/clip', inputs: [shifted] });
  return add('Rescaling', { scale: 1 / 6, offset: 0 }, { suffix, inputs: [clipped] });
};

/** tfjs-layers has elu at alpha 1 only; `relu(x) - alpha * relu(-elu(x))` is it at any other. */
const writeScaledElu = (alpha: number, { add }: WriterContext): string => {
  const above = add('ReLU', {}, { suffix: '/above' });
  const unit = add('ELU', { alpha: 1 }, { suffix: '/unit' });
  const flipped = add('Rescaling', { scale: -1, offset: 0 }, { suffix: '/flip', inputs: [unit] });
  const below = add('ReLU', {}, { suffix: '/below', inputs: [flipped] });
  const scaled = add('Rescaling', { scale: -alpha, offset: 0 }, { suffix: '/scale', inputs: [below] });
  return add('Add', {}, { inputs: [above, scaled] });
};

type Write = (node: ActivationNode, context: WriterContext) => string;

const byName =
  (activation: string): Write =>
  (_node, { add }) =>
    add('Activation', { activation });

const writers: Readonly<Record<ActivationKind, Write>> = {
  elu: ({ alpha = 1 }, context) =>
    alpha === 1 ? context.add('ELU', { alpha }) : writeScaledElu(alpha, context),
  gelu: byName('gelu'),
  'hard-sigmoid': ({ alpha = 0.2 }, context) =>
    alpha === 0.2
      ? context.add('Activation', { activation: 'hard_sigmoid' })
      : writeHardSigmoid(alpha, '', context),
  'hard-swish': (_node, context) => {
    const gate = writeHardSigmoid(1 / 6, '/gate', context);
    return context.add('Multiply', {}, { inputs: [...context.inputs, gate] });
  },
  'leaky-relu': ({ alpha = 0.2 }, { add }) => add('LeakyReLU', { alpha }),
  relu: (_node, { add }) => add('ReLU', {}),
  relu6: (_node, { add }) => add('ReLU', { max_value: 6 }),
  sigmoid: byName('sigmoid'),
  softmax: byName('softmax'),
  softplus: byName('softplus'),
  swish: byName('swish'),
  tanh: byName('tanh'),
};

/** Writes an activation node as the layers that compute it. */
export const writeActivation: Write = (node, context) => writers[node.kind](node, context);
