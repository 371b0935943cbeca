import type { Network } from '../network/network.js';
import { type NetworkBuilder, networkBuilder } from './network-builder.js';

type Stage = readonly [expansion: number, channels: number, repeats: number, stride: number];

const unit = (
  builder: NetworkBuilder,
  from: string,
  channels: number,
  kernel: number,
  stride: number,
): string =>
  builder.activation(
    builder.batchNorm(
      builder.conv(from, channels, { kernel: [kernel, kernel], strides: [stride, stride], bias: false }),
    ),
  );

const invertedResidual = (
  builder: NetworkBuilder,
  from: string,
  expansion: number,
  channels: number,
  stride: number,
  squeeze: boolean,
): string => {
  const taken = builder.shapeOf(from)[2]!;
  let value = expansion === 1 ? from : unit(builder, from, taken * expansion, 1, 1);
  if (stride === 2) {
    const padding = { top: 0, bottom: 1, left: 0, right: 1 };
    value = builder.node({ op: 'zero-pad', inputs: [value], padding });
  }
  const padding = stride === 2 ? 'valid' : 'same';
  value = builder.depthwise(value, { strides: [stride, stride], padding, bias: false });
  value = builder.activation(builder.batchNorm(value));
  if (squeeze) {
    const gate = builder.conv(builder.globalPool(value, true), builder.shapeOf(value)[2]!, {
      kernel: [1, 1],
    });
    value = builder.merge('multiply', value, builder.activation(gate, 'sigmoid'));
  }
  value = builder.batchNorm(builder.conv(value, channels, { kernel: [1, 1], bias: false }));
  return stride === 1 && taken === channels
    ? builder.merge('add', from, builder.node({ op: 'dropout', inputs: [value], rate: 0.2 }))
    : value;
};

/** The layout of MobileNetV2 and EfficientNet-Lite0 with few channels, up to the last convolution. */
export const invertedResidualBuilder = (stages: readonly Stage[], squeeze = false) => {
  const builder = networkBuilder([32, 32, 3]);
  const rescaled = builder.node({ op: 'rescale', inputs: [builder.input], scale: [2], offset: [-1] });
  let value = unit(builder, rescaled, 4, 3, 2);
  for (const [expansion, channels, repeats, stride] of stages) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      value = invertedResidual(builder, value, expansion, channels, repeat === 0 ? stride : 1, squeeze);
    }
  }
  return { builder, output: unit(builder, value, 16, 1, 1) };
};

/** Stages of MobileNetV2 (Sandler et al. 2018, table 2), channels divided by 8. */
export const mobileNetV2Stages: readonly Stage[] = [
  [1, 2, 1, 1],
  [6, 3, 2, 2],
  [6, 4, 3, 2],
  [6, 8, 4, 2],
  [6, 12, 3, 1],
  [6, 20, 3, 2],
  [6, 40, 1, 1],
];

/** Stages of EfficientNet-Lite0, channels divided by 8. */
export const efficientNetLite0Stages: readonly Stage[] = [
  [1, 2, 1, 1],
  [6, 3, 2, 2],
  [6, 5, 2, 2],
  [6, 10, 3, 2],
  [6, 14, 3, 1],
  [6, 24, 4, 2],
  [6, 40, 1, 1],
];

/** The layout of MobileNetV1 with few channels. */
export const mobileNetV1 = (): Network => {
  const builder = networkBuilder([32, 32, 3]);
  let value = unit(builder, builder.input, 2, 3, 2);
  const strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];
  for (const [index, stride] of strides.entries()) {
    value = builder.depthwise(value, { strides: [stride, stride], bias: false });
    value = builder.activation(builder.batchNorm(value));
    value = unit(builder, value, 2 + index, 1, 1);
  }
  return builder.finish(builder.globalPool(value));
};

/** The layout of ResNet-18 with few channels and a classifier: two 3x3 convolutions in each of 8 residual units. */
export const resNet18 = (): Network => {
  const builder = networkBuilder([32, 32, 3]);
  let value = unit(builder, builder.input, 4, 7, 2);
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  value = builder.node({ op: 'zero-pad', inputs: [value], padding });
  value = builder.pool('max-pool', value, { kernel: [3, 3], padding: 'valid' });
  for (const [channels, stride] of [
    [4, 1],
    [4, 1],
    [6, 2],
    [6, 1],
    [8, 2],
    [8, 1],
    [10, 2],
    [10, 1],
  ] as const) {
    const inner = builder.batchNorm(builder.conv(unit(builder, value, channels, 3, stride), channels));
    const shortcut =
      stride === 1
        ? value
        : builder.batchNorm(builder.conv(value, channels, { kernel: [1, 1], strides: [2, 2] }));
    value = builder.activation(builder.merge('add', inner, shortcut), 'relu');
  }
  const logits = builder.dense(builder.globalPool(value), 5);
  return builder.finish(builder.activation(logits, 'softmax'));
};
