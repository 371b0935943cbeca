import * as tf from '@tensorflow/tfjs';

const differentiable = tf.customGrad((x, save) => {
  const value = tf.relu6(x as tf.Tensor);
  (save as unknown as (tensors: tf.Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy, saved) => {
      const [y] = saved as tf.Tensor[];
      return (dy as tf.Tensor).mul(tf.step(y!.mul(tf.sub(6, y!))));
    },
  };
});

/** `min(max(x, 0), 6)`, with a gradient made of arithmetic: tfjs's compares and casts, ten times slower on wasm. */
export const relu6 = (x: tf.Tensor): tf.Tensor => differentiable(x);
