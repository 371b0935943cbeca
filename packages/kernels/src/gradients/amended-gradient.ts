import type * as tf from '@tensorflow/tfjs';

/** A gradient of tfjs's, by other kernels where the backend has them. */
export interface AmendedGradient {
  /** The kernel whose gradient it is. */
  readonly kernelName: string;
  /** The kernels the backend must have. */
  readonly needs: readonly string[];
  /** False for what is left to tfjs's own gradient. Missing where everything is taken. */
  accepts?(saved: readonly tf.Tensor[], attributes: tf.NamedAttrMap): boolean;
  gradients(
    dy: tf.Tensor,
    saved: readonly tf.Tensor[],
    attributes: tf.NamedAttrMap,
  ): Record<string, () => tf.Tensor>;
}
