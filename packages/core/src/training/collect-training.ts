import { drain } from './drain.js';
import type { TrainingEvent, TrainingResult } from './training-event.js';

/**
 * Runs a training to its end, handing over every event, and gives its result, which `for await` would drop.
 *
 * @example const { model, best } = await collectTraining(train(model, data), (event) => report(event));
 */
export const collectTraining = (
  training: AsyncGenerator<TrainingEvent, TrainingResult>,
  onEvent: (event: TrainingEvent) => void = () => {},
): Promise<TrainingResult> => drain(training, onEvent);
