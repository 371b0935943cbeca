import { networkToOnnx } from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { loadBackboneByName } from '../backbones/load-backbone-by-name.js';
import { hasOnnxRuntime } from '../engines/onnx-runtime.js';
import { defaultBackbone } from '../recipe/fit-flags.js';

const bestOf = async (times: number, work: () => Promise<void>): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
};

/**
 * Takes real training steps of a small convolution on the current backend, and says how many milliseconds an image
 * takes.
 *
 * @param options.batch images in a step
 * @param options.steps the best of them counts
 */
export const measureTraining = async ({
  batch,
  steps,
}: {
  batch: number;
  steps: number;
}): Promise<number> => {
  const images = tf.randomUniform<tf.Rank.R4>([batch, 28, 28, 32], -1, 1, 'float32', 1);
  const kernel = tf.variable(tf.randomUniform<tf.Rank.R4>([3, 3, 32, 32], -0.1, 0.1, 'float32', 2));
  const optimiser = tf.train.sgd(1e-3);
  const step = async () => {
    const loss = optimiser.minimize(
      () => tf.conv2d(images, kernel, 1, 'same').square().mean().asScalar(),
      true,
      [kernel],
    );
    await loss?.data();
    loss?.dispose();
  };
  const milliseconds = await bestOf(steps, step);
  tf.dispose([images, kernel]);
  optimiser.dispose();
  return milliseconds / batch;
};

/** Milliseconds that one image takes through the embedded backbone on one thread; nothing where onnxruntime doesn't load. */
export const measureTrunk = async (): Promise<number | undefined> => {
  if (!hasOnnxRuntime()) return undefined;
  const { network, preprocessing } = await loadBackboneByName(defaultBackbone, {});
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(networkToOnnx(network), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const [height, width] = preprocessing.size;
  const input = new Tensor('float32', new Float32Array(height * width * 3), [1, height, width, 3]);
  return bestOf(5, async () => {
    await session.run({ input });
  });
};
