import * as tf from '@tensorflow/tfjs';

/** Takes a gradient; where that fails, frees what TensorFlow.js kept for it, which it does only where it doesn't. */
export const freeingTape = <Result>(takeGradient: () => Result): Result => {
  try {
    return takeGradient();
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved = [] } of state.activeTape ?? []) tf.dispose(saved);
    state.activeTape = [];
    throw error;
  }
};
