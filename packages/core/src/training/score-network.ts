import { compileInference } from '../executors/compile-inference.js';
import type { Network } from '../network/network.js';
import { logitsNetwork } from './network-weights.js';
import { type LabelledSource, scoreExamples } from './score-examples.js';
import type { Score } from './training-event.js';

/** Loss and accuracy of a network that ends in softmax, in inference mode, yielding between batches. */
export async function* scoreNetwork(
  network: Network,
  data: LabelledSource,
): AsyncGenerator<undefined, Score> {
  const executor = compileInference(logitsNetwork(network));
  try {
    return yield* scoreExamples(executor, data);
  } finally {
    executor.dispose();
  }
}
