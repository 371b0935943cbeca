import * as tf from '@tensorflow/tfjs';

/** A step of a small 3 x 3 convolution with its gradient, on the current backend. */
export interface TrainingStep {
  readonly loss: number;
  /** Of the kernel, `[3, 3, 4, 8]`. */
  readonly gradient: Float32Array;
}

const wave = (shape: [number, number, number, number], step: number): tf.Tensor4D => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor4d(
    Float32Array.from({ length: size }, (_, index) => Math.sin(index * step)),
    shape,
  );
};

/** Takes the gradient of a convolution with relu6 at fixed values: the same on every engine, up to rounding. */
export const takeTrainingStep = (): TrainingStep => {
  const images = wave([2, 12, 12, 4], 0.37);
  const kernel = wave([3, 3, 4, 8], 0.91);
  const { value, grad } = tf.valueAndGrad((weights) =>
    tf
      .relu6(tf.conv2d(images, weights as tf.Tensor4D, 2, 'same'))
      .square()
      .mean()
      .asScalar(),
  )(kernel);
  const step = { loss: value.dataSync()[0]!, gradient: Float32Array.from(grad.dataSync()) };
  tf.dispose([images, kernel, value, grad]);
  return step;
};

/** The largest difference of two gradients as a share of the largest value of the second. */
export const relativeDifference = (gradient: Float32Array, reference: Float32Array): number => {
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    gradient.reduce((most, value, index) => Math.max(most, Math.abs(value - reference[index]!)), 0) / largest
  );
};
