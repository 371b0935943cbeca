import type { Dialect } from './dialect.js';

type Pixels = Dialect['preprocessing'];

/** Pixels scaled to [-1, 1]: Keras's mode `tf`. */
export const plusMinusOne: Pixels = {
  fit: 'stretch',
  interpolation: 'linear',
  mean: [127.5, 127.5, 127.5],
  deviation: [127.5, 127.5, 127.5],
};

/** Pixels scaled by mean and deviation of ImageNet's channels, after torchvision's resize and centre crop. */
export const imageNetStatistics: Pixels = {
  fit: 'cover',
  interpolation: 'linear',
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

/** `(pixel - 127) / 128`: EfficientNet-Lite. */
export const centredBytes: Pixels = {
  fit: 'cover',
  interpolation: 'cubic',
  mean: [127, 127, 127],
  deviation: [128, 128, 128],
};
