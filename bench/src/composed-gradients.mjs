import * as tf from '@tensorflow/tfjs';

const geometryOf = (inputShape, filterShape, { strides, pad, dimRoundingMode }, depthwise) =>
  tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, depthwise);

const padImage = (x, top, bottom, left, right) =>
  Math.max(top, bottom, left, right) === 0
    ? x
    : tf.pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);

/** What `work` gives for the pixels that each tap of a filter saw, `[n, outHeight, outWidth, channels]`. */
const mapTaps = (x, geometry, work) => {
  const { filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth, padInfo } = geometry;
  const padded = padImage(x, padInfo.top, padInfo.bottom, padInfo.left, padInfo.right);
  const [count, , , channels] = x.shape;
  return Array.from({ length: filterHeight * filterWidth }, (_, index) => {
    const [row, column] = [Math.floor(index / filterWidth), index % filterWidth];
    const end = [row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1];
    const seen =
      strideHeight * strideWidth === 1
        ? tf.slice(padded, [0, row, column, 0], [count, outHeight, outWidth, channels])
        : tf.stridedSlice(
            padded,
            [0, row, column, 0],
            [count, ...end, channels],
            [1, strideHeight, strideWidth, 1],
          );
    return work(seen);
  });
};

const rowsOf = (image) => image.reshape([-1, image.shape.at(-1)]);

/** For each tap, the pixels it saw, transposed, times the output's gradient. */
const conv2dFilter = ({ x, dy }, attributes) => {
  const { filterShape } = attributes;
  const taps = mapTaps(x, geometryOf(x.shape, filterShape, attributes, false), (seen) =>
    tf.matMul(tf.transpose(rowsOf(seen)), rowsOf(dy)),
  );
  return tf.concat(taps, 0).reshape(filterShape);
};

/** For each tap, the pixels it saw times the output's gradient, summed. */
const depthwiseFilter = ({ x, dy }, attributes) => {
  const { filterShape } = attributes;
  const taps = mapTaps(x, geometryOf(x.shape, filterShape, attributes, true), (seen) =>
    seen.mul(dy).sum([0, 1, 2]),
  );
  return tf.stack(taps).reshape(filterShape);
};

/** Puts `stride - 1` rows and columns of zeros behind each pixel. */
const spread = (image, rows, columns) => {
  if (rows * columns === 1) return image;
  const [count, height, width, channels] = image.shape;
  const padded = tf.pad(image.reshape([count, height, 1, width, channels]), [
    [0, 0],
    [0, 0],
    [0, rows - 1],
    [0, 0],
    [0, 0],
  ]);
  const wide = tf.pad(padded.reshape([count, height * rows, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, columns - 1],
    [0, 0],
  ]);
  return wide.reshape([count, height * rows, width * columns, channels]);
};

/** The output's gradient, zeros between its pixels where there are strides, convolved with the flipped filter. */
const depthwiseInput = ({ dy, filter }, attributes) => {
  const [, height, width] = attributes.inputShape;
  const geometry = geometryOf(attributes.inputShape, filter.shape, attributes, true);
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  const zeros = spread(dy, strideHeight, strideWidth);
  const [top, left] = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
  const [rows, columns] = [height + filterHeight - 1 - top, width + filterWidth - 1 - left];
  const [, seenRows, seenColumns] = zeros.shape;
  const [keptRows, keptColumns] = [Math.min(seenRows, rows), Math.min(seenColumns, columns)];
  const kept = tf.slice(zeros, [0, 0, 0, 0], [zeros.shape[0], keptRows, keptColumns, zeros.shape[3]]);
  const framed = padImage(kept, top, rows - keptRows, left, columns - keptColumns);
  return tf.depthwiseConv2d(framed, tf.reverse(filter, [0, 1]), 1, 'valid');
};

/**
 * Gives tfjs's wasm backend the three gradients it lacks to train convolutions, composed of ops it has: for depthwise
 * filters of one multiplier, and without dilation.
 */
export const registerComposedGradients = () => {
  for (const [kernelName, compose] of Object.entries({
    Conv2DBackpropFilter: conv2dFilter,
    DepthwiseConv2dNativeBackpropFilter: depthwiseFilter,
    DepthwiseConv2dNativeBackpropInput: depthwiseInput,
  })) {
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compose(inputs, attrs)),
    });
  }
};
