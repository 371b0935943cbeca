import type { TrainingEvent, TrainingResult } from './training-event.js';

/**
 * Runs a training to its end, handing over every event, and gives its result, which `for await` would drop.
 *
 * @example const { model, best } = await collectTraining(train(model, data), (event) => report(event));
 */
export const collectTraining = async (
  training: AsyncGenerator<TrainingEvent, TrainingResult>,
  onEvent: (event: TrainingEvent) => void = () => {},
): Promise<TrainingResult> => {
  let next = await training.next();
  for (; next.done !== true; next = await training.next()) onEvent(next.value);
  return next.value;
};
