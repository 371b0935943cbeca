import * as tf from '@tensorflow/tfjs';

/** Puts `stride - 1` rows and columns of zeros behind each of `[n, h, w, c]`: `[n, h * stride, w * stride, c]`. */
export const spreadImage = (image: tf.Tensor4D, [rows, columns]: readonly [number, number]): tf.Tensor4D => {
  if (rows === 1 && columns === 1) return image;
  const [count, height, width, channels] = image.shape;
  const spread = tf.pad(image.reshape([count, height, 1, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, rows - 1],
    [0, 0],
    [0, columns - 1],
    [0, 0],
  ]);
  return spread.reshape([count, height * rows, width * columns, channels]);
};
