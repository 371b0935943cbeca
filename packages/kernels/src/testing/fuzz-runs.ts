import { convolutionRun } from './convolution-runs.js';
import { type RandomValues, randomValues } from './random-values.js';
import type { KernelRun } from './run-kernel.js';

const convolutions = [
  'Conv2DBackpropFilter',
  'Conv2DBackpropInput',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
];

const product = ({ integer, pick, values }: RandomValues): KernelRun => {
  const [transposeA, transposeB] = [pick(true, false), pick(true, false)];
  const [rows, inner, columns] = [integer(1, 40), integer(1, 40), integer(1, 40)];
  const a = values(transposeA ? [inner, rows] : [rows, inner]);
  const b = values(transposeB ? [columns, inner] : [inner, columns]);
  return { kernel: 'BatchMatMul', inputs: { a, b }, attributes: { transposeA, transposeB } };
};

const sumOverRows = ({ integer, pick, values, channels }: RandomValues): KernelRun => {
  const x = values([integer(1, 5), integer(1, 30), channels()]);
  const positive = { shape: x.shape, data: x.data.map(Math.abs) };
  return {
    kernel: pick('Sum', 'Mean'),
    inputs: { x: positive },
    attributes: { axis: [0, 1], keepDims: false },
  };
};

const pixelConvolution = ({ integer, pick, values, channels }: RandomValues): KernelRun => {
  const x = values([pick(0, 1, 2), integer(1, 7), integer(1, 7), channels()], 3);
  const filter = values([1, 1, x.shape[3]!, channels()]);
  const bias = pick(true, false) && { bias: values(filter.shape.slice(3), 3) };
  return {
    kernel: 'FusedConv2D',
    inputs: { x, filter, ...(bias || {}) },
    attributes: {
      strides: pick<number | number[]>(1, [1, 1], [2, 1]),
      pad: pick('same', 'valid'),
      dataFormat: 'NHWC',
      dilations: [1, 1],
      activation: pick('linear', 'relu', 'relu6'),
    },
  };
};

const batchNorm = ({ integer, pick, values, channels }: RandomValues): KernelRun => {
  const x = values([pick(0, 1, 2), integer(1, 7), integer(1, 7), channels()]);
  const columns = x.shape.slice(-1);
  const variance = { shape: columns, data: values(columns).data.map(Math.abs) };
  const affine = { offset: values(columns), scale: values(columns) };
  return {
    kernel: 'FusedBatchNorm',
    inputs: { x, mean: values(columns), variance, ...(pick(true, true, false) && affine) },
    attributes: { varianceEpsilon: 1e-3 },
  };
};

/** A depthwise convolution, half of the time by three by three pixels and without strides, as most networks have them. */
export const depthwiseConvolution = ({ integer, pick, values, channels }: RandomValues): KernelRun => {
  const x = values([pick(0, 1, 2), integer(4, 9), integer(4, 9), channels()], 3);
  const common = pick(true, false);
  const window = common ? [3, 3] : [integer(1, 4), integer(1, 4)];
  const filter = values([...window, x.shape[3]!, 1]);
  const bias = pick(true, false) && { bias: values([x.shape[3]!], 3) };
  const padding = () => [integer(0, 3), integer(0, 3)];
  return {
    kernel: 'FusedDepthwiseConv2D',
    inputs: { x, filter, ...(bias || {}) },
    attributes: {
      strides: common ? [1, 1] : [integer(1, 3), integer(1, 3)],
      pad: pick<unknown>('same', 'valid', [[0, 0], padding(), padding(), [0, 0]]),
      dataFormat: 'NHWC',
      dilations: [1, 1],
      activation: pick('linear', 'relu', 'relu6'),
    },
  };
};

const others = [product, sumOverRows, pixelConvolution, depthwiseConvolution, batchNorm];

/** One run of a kernel that the cpu backend has too, over a shape that nobody chose. */
const drawRun = (random: RandomValues): KernelRun => {
  const kind = random.integer(0, convolutions.length + others.length - 1);
  const limits = { dilated: false, largest: 12, channels: random.channels };
  return kind < convolutions.length
    ? convolutionRun(convolutions[kind]!, random, limits)
    : others[kind - convolutions.length]!(random);
};

/** So many runs of every kernel that the cpu backend has too. */
export const fuzzRuns = (count: number): KernelRun[] => {
  const random = randomValues(2027);
  return Array.from({ length: count }, () => drawRun(random));
};
