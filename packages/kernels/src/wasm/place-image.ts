import * as tf from '@tensorflow/tfjs';

export interface Frame {
  /** Where the image's first row and column stand in the frame; negative ones are cut off. */
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** An image batch `[n, h, w, c]` inside a frame of zeros, `[n, height, width, c]`. What stands out is cut off. */
export const placeImage = (image: tf.Tensor4D, { top, left, height, width }: Frame): tf.Tensor4D => {
  const [count, rows, columns, channels] = image.shape;
  const cut = (offset: number) => Math.max(-offset, 0);
  const kept = [
    Math.min(rows - cut(top), height - Math.max(top, 0)),
    Math.min(columns - cut(left), width - Math.max(left, 0)),
  ] as const;
  const inner =
    kept[0] === rows && kept[1] === columns
      ? image
      : tf.slice(image, [0, cut(top), cut(left), 0], [count, ...kept, channels]);
  const before = [Math.max(top, 0), Math.max(left, 0)] as const;
  const after = [height - before[0] - kept[0], width - before[1] - kept[1]] as const;
  if (Math.max(...before, ...after) === 0) return inner;
  return tf.pad(inner, [
    [0, 0],
    [before[0], after[0]],
    [before[1], after[1]],
    [0, 0],
  ]);
};
