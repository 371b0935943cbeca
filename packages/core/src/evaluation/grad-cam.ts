import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { compileInference } from '../executors/compile-inference.js';
import { compileTrainable } from '../executors/compile-trainable.js';
import { cutNetwork } from '../network/cut-network.js';
import { findBoundaries } from '../network/find-boundaries.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { readBatch } from '../training/activations.js';
import { createBreather, throwIfCancelled } from '../training/breathe.js';
import { type LabelledExamples, range } from '../training/example-source.js';
import { logitsNetwork } from '../training/network-weights.js';
import { readLabels } from '../training/training-data.js';

export interface GradCamOptions {
  readonly signal?: AbortSignal | undefined;
  /** Takes how many images are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Where in each image the evidence for a class lies. */
export interface GradCam {
  readonly height: number;
  readonly width: number;
  /** One an image, `[height, width]`, never below 0, in the units of the class's logit. */
  readonly maps: readonly Float32Array[];
}

/** The last value that every path goes through and that still has places: what the global pool takes. */
const lastFeatureMap = (network: Network): string => {
  const shapes = inferShapes(network);
  const found = findBoundaries(network).findLast((name) => {
    const shape = shapes.get(name)!;
    return shape.length === 3 && shape[0]! * shape[1]! > 1;
  });
  if (found !== undefined && found !== network.nodes.find(({ op }) => op === 'input')!.name) return found;
  throw new RegraftError({
    code: 'network-invalid',
    message: `A heat map needs a feature map of more than one place that every path goes through. Received: network "${network.name}", which has none above its input.`,
    hint: 'Use a model whose convolutions end in a global pool.',
  });
};

/**
 * Grad-CAM (Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based localization",
 * 2017): of each of the normalised images, which places of the last feature map speak for the class that its label
 * names, through the logit, the network in inference mode. Any class may be asked for, not only the right one. Throws
 * `network-invalid` for a network without a feature map, `data-invalid`, `cancelled`.
 *
 * @example
 * const { height, width, maps } = await gradCam(model.network, { examples: images, labels: predicted });
 */
export const gradCam = async (
  network: Network,
  data: LabelledExamples,
  { signal, onProgress }: GradCamOptions = {},
): Promise<GradCam> => {
  const { trunk, tail } = cutNetwork(network, lastFeatureMap(network));
  const lower = compileInference(trunk);
  const upper = compileTrainable(logitsNetwork(tail), { trainable: new Set(), inputTrains: true });
  const labels = readLabels(data, upper.outputShape[0]!);
  const mapOf = (image: tf.Tensor, label: number): tf.Tensor =>
    tf.tidy(() => {
      const features = lower.run(image);
      const logit = (values: tf.Tensor): tf.Scalar => upper.run(values).slice([0, label], [1, 1]).asScalar();
      const importance = tf.grad(logit)(features).mean([0, 1, 2]);
      return features.mul(importance).sum([0, 3]).relu();
    });
  const breathe = createBreather();
  const maps: Float32Array[] = [];
  try {
    for (const index of range(0, data.examples.size)) {
      throwIfCancelled(signal);
      const image = await readBatch(data.examples, [index]);
      const map = mapOf(image, labels[index]!);
      maps.push(Float32Array.from(await map.data()));
      tf.dispose([image, map]);
      onProgress?.(maps.length, data.examples.size);
      await breathe();
    }
  } finally {
    lower.dispose();
    upper.dispose();
  }
  const [height, width] = lower.outputShape as [number, number, number];
  return { height, width, maps };
};
