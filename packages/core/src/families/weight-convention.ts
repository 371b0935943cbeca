import type { NetworkNode } from '../network/network.js';

/** How one weight of a layer is named and laid out where it comes from. */
export interface WeightOrigin {
  /** What follows the layer's name. */
  readonly suffix: string;
  /** Axis i of the network's weight is axis `permutation[i]` of the origin's; absent where they are the same. */
  readonly permutation?: readonly number[];
}

type WeightedOp = 'batch-norm' | 'conv2d' | 'dense' | 'depthwise-conv2d';

/** By op, then by the weight's role. */
type WeightConvention = Readonly<Record<WeightedOp, Readonly<Record<string, WeightOrigin>>>>;

export type ConventionName = 'keras' | 'keras-3' | 'pytorch';

const keras: WeightConvention = {
  conv2d: { kernel: { suffix: '/kernel' }, bias: { suffix: '/bias' } },
  'depthwise-conv2d': { kernel: { suffix: '/depthwise_kernel' }, bias: { suffix: '/bias' } },
  dense: { kernel: { suffix: '/kernel' }, bias: { suffix: '/bias' } },
  'batch-norm': {
    gamma: { suffix: '/gamma' },
    beta: { suffix: '/beta' },
    mean: { suffix: '/moving_mean' },
    variance: { suffix: '/moving_variance' },
  },
};

/** The conventions of the two worlds: what Keras calls `gamma` is PyTorch's `weight`; HWIO there is OIHW here. */
const weightConventions: Readonly<Record<ConventionName, WeightConvention>> = {
  keras,
  'keras-3': { ...keras, 'depthwise-conv2d': keras.conv2d },
  pytorch: {
    conv2d: { kernel: { suffix: '.weight', permutation: [2, 3, 1, 0] }, bias: { suffix: '.bias' } },
    'depthwise-conv2d': {
      kernel: { suffix: '.weight', permutation: [2, 3, 0, 1] },
      bias: { suffix: '.bias' },
    },
    dense: { kernel: { suffix: '.weight', permutation: [1, 0] }, bias: { suffix: '.bias' } },
    'batch-norm': {
      gamma: { suffix: '.weight' },
      beta: { suffix: '.bias' },
      mean: { suffix: '.running_mean' },
      variance: { suffix: '.running_var' },
    },
  },
};

/** Names that hold no weight: PyTorch counts the batches a batch-norm has seen. */
export const isBookkeeping = (name: string): boolean => name.endsWith('.num_batches_tracked');

/** The origin of a node's weight; ops that families don't use have none. */
export const weightOrigin = (
  convention: ConventionName,
  op: NetworkNode['op'],
  role: string,
): WeightOrigin => {
  const origins: Readonly<Record<string, Readonly<Record<string, WeightOrigin>>>> =
    weightConventions[convention];
  const origin = origins[op]?.[role];
  if (origin === undefined) throw new Error(`No convention for the ${role} of ${op}.`);
  return origin;
};
