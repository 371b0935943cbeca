/** A tensor's shape without the batch dimension: `[height, width, channels]` or `[channels]`. */
export type Shape = readonly number[];

/** A named weight: row-major float32 values in the layout its node's docstring states. */
export interface Weight {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Rows or columns added on each side, in pixels. */
export interface ExplicitPadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** `same` and `valid` as TensorFlow defines them. */
export type Padding = 'same' | 'valid' | ExplicitPadding;

/** `[height, width]`. */
export type Pair = readonly [number, number];

export type ActivationKind =
  | 'elu'
  | 'gelu'
  | 'hard-sigmoid'
  | 'hard-swish'
  | 'leaky-relu'
  | 'relu'
  | 'relu6'
  | 'sigmoid'
  | 'softmax'
  | 'softplus'
  | 'swish'
  | 'tanh';

interface NodeBase {
  readonly name: string;
  /** Names of the nodes whose outputs this one takes, in order. */
  readonly inputs: readonly string[];
}

export interface InputNode extends NodeBase {
  readonly op: 'input';
  readonly shape: Shape;
}

/** Kernel `[height, width, in, out]`, bias `[out]`; both are names of weights. */
export interface Conv2dNode extends NodeBase {
  readonly op: 'conv2d';
  readonly kernel: string;
  readonly bias?: string;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** Kernel `[height, width, in, multiplier]`, bias `[in * multiplier]`. */
export interface DepthwiseConv2dNode extends NodeBase {
  readonly op: 'depthwise-conv2d';
  readonly kernel: string;
  readonly bias?: string;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** Kernel `[in, out]`, bias `[out]`. */
export interface DenseNode extends NodeBase {
  readonly op: 'dense';
  readonly kernel: string;
  readonly bias?: string;
}

/** Over the last axis; all four weights are `[channels]`. A missing gamma is 1, a missing beta 0. */
export interface BatchNormNode extends NodeBase {
  readonly op: 'batch-norm';
  readonly gamma?: string;
  readonly beta?: string;
  readonly mean: string;
  readonly variance: string;
  readonly epsilon: number;
}

export interface ActivationNode extends NodeBase {
  readonly op: 'activation';
  readonly kind: ActivationKind;
  /**
   * The slope of `leaky-relu` below zero (0.2 if missing), the scale of `elu` (1), the slope of `hard-sigmoid` at
   * zero (0.2 as in Keras 2; Keras 3 and PyTorch have 1/6).
   */
  readonly alpha?: number;
}

/** Element-wise over two or more inputs; a `[1, 1, channels]` input is broadcast. */
export interface AddNode extends NodeBase {
  readonly op: 'add';
}

/** Element-wise over two or more inputs; a `[1, 1, channels]` input is broadcast. */
export interface MultiplyNode extends NodeBase {
  readonly op: 'multiply';
}

/** Along the last axis. */
export interface ConcatenateNode extends NodeBase {
  readonly op: 'concatenate';
}

/** Average pooling leaves padded pixels out of the mean, as TensorFlow does. */
export interface PoolNode extends NodeBase {
  readonly op: 'max-pool' | 'average-pool';
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
}

export interface GlobalPoolNode extends NodeBase {
  readonly op: 'global-average-pool' | 'global-max-pool';
  /** True gives `[1, 1, channels]`, false `[channels]`. */
  readonly keepDims: boolean;
}

export interface ZeroPadNode extends NodeBase {
  readonly op: 'zero-pad';
  readonly padding: ExplicitPadding;
}

export interface FlattenNode extends NodeBase {
  readonly op: 'flatten';
}

export interface ReshapeNode extends NodeBase {
  readonly op: 'reshape';
  readonly shape: Shape;
}

/** The identity in inference. */
export interface DropoutNode extends NodeBase {
  readonly op: 'dropout';
  readonly rate: number;
}

/** `x * scale + offset` with constants: one number, or one for each channel. Never trained. */
export interface RescaleNode extends NodeBase {
  readonly op: 'rescale';
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/** A Keras layer the network has no op for, executed by tfjs-layers: it trains, but can't be exported elsewhere. */
export interface OpaqueNode extends NodeBase {
  readonly op: 'opaque';
  readonly className: string;
  /** The layer's tfjs-layers config as plain JSON. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Weight names in the layer's own order. */
  readonly weights: readonly string[];
  /** Which of `weights` the layer holds as non-trainable. */
  readonly nonTrainable: readonly string[];
  readonly outputShape: Shape;
}

export type NetworkNode =
  | ActivationNode
  | AddNode
  | BatchNormNode
  | ConcatenateNode
  | Conv2dNode
  | DenseNode
  | DepthwiseConv2dNode
  | DropoutNode
  | FlattenNode
  | GlobalPoolNode
  | InputNode
  | MultiplyNode
  | OpaqueNode
  | PoolNode
  | RescaleNode
  | ReshapeNode
  | ZeroPadNode;

export type OpName = NetworkNode['op'];

/** One input, one output, NHWC. Plain data: it can be cloned, hashed and sent to a worker. */
export interface Network {
  readonly name: string;
  /** In topological order: every node stands after its inputs. Exactly one is an `input`. */
  readonly nodes: readonly NetworkNode[];
  /** The name of the node whose value is the network's. */
  readonly output: string;
  readonly weights: ReadonlyMap<string, Weight>;
}
