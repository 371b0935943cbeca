import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';
import { type Activations, activationsOf } from './activations.js';
import { mapYields } from './drain.js';
import type { ExampleSource } from './example-source.js';
import type { TrainingEvent } from './training-event.js';
import type { TrainingSession } from './training-session.js';

/** Bytes of activations held in memory; more are computed anew whenever they are read. */
const memoryLimit = 2 ** 29;

/**
 * Runs sources through a network that stays as it is. What they become is added to `held`, in order, also when the
 * work is cut short: the caller disposes of it.
 */
export async function* computePhase(
  phase: 'features' | 'trunk',
  network: Network,
  sources: readonly ExampleSource[],
  session: TrainingSession,
  held: Activations[],
): AsyncGenerator<TrainingEvent, ExampleSource[]> {
  const started = session.seconds();
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  const bytes = 4 * total * sizeOf(inferShapes(network).get(network.output)!);
  const options = { limit: bytes <= memoryLimit ? bytes : 0, signal: session.signal };
  yield { type: 'phase-start', phase, total };
  const computed: ExampleSource[] = [];
  let before = 0;
  for (const source of sources) {
    const activations = yield* mapYields(
      activationsOf(network, source, options),
      (done): TrainingEvent => ({ type: 'examples-computed', phase, done: before + done, total }),
    );
    held.push(activations);
    computed.push(activations.source);
    before += source.size;
  }
  yield { type: 'phase-end', phase, seconds: session.seconds() - started };
  return computed;
}
