import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { fingerprintOf } from './fingerprint.js';
import { withWeights } from './network-weights.js';
import { freeIfPossible } from './out-of-memory.js';
import { requireMixable } from './require-mixable.js';
import { checkTrainingData, type TrainingData } from './training-data.js';
import type { TrainingEvent, TrainingResult } from './training-event.js';
import { parseTrainingOptions, type TrainingOptionsInput } from './training-options.js';
import { headPhase, type Run, type SourceSet, tailPhase, trunkPhase } from './training-phases.js';
import { createSession, type TrainingControls } from './training-session.js';
import { decodeTrainingState, freshTrainingState } from './training-state.js';

export type TrainOptions = TrainingOptionsInput & TrainingControls;

/**
 * Trains what a model's freeze plan lets train, and yields events while it does. The data are images (the model's
 * input), which the frozen trunk sees once, or activations cached at the model's cut. First the head is fitted, on
 * frozen features; then, if the plan unfreezes blocks, they train together with it (LP-FT). Frozen weights keep their
 * bytes. It never lets more than some milliseconds pass without yielding to the event loop, and needs a tfjs backend
 * that is set and ready.
 *
 * Throws `data-invalid` or `data-too-small` for data that don't fit the model, `recipe-invalid` for options out of
 * range or that don't fit the freeze plan, `training-diverged` when the loss or a weight isn't finite (no checkpoint
 * holds such a one), `out-of-memory` with a batch size that should fit, `cancelled` when the signal is aborted (after a
 * checkpoint), `run-not-resumable` or `engine-mismatch` for a checkpoint of another training. A training resumed from
 * any of its checkpoints ends with the same weights, bit for bit, as one that was never stopped.
 *
 * @example
 * const training = train(model, { training: { examples, labels } }, { epochs: 8, seed: 7 });
 * const result = await collectTraining(training, (event) => report(event));
 */
export async function* train(
  model: Model,
  data: TrainingData,
  { signal, onCheckpoint, checkpointSeconds, resumeFrom, ...recipe }: TrainOptions = {},
): AsyncGenerator<TrainingEvent, TrainingResult> {
  const options = parseTrainingOptions(recipe);
  requireMixable(model, options);
  const checked = checkTrainingData(model, data);
  const fingerprint = await fingerprintOf(model, checked, options);
  const hasTail = model.plan.trained.length > 1;
  const state = resumeFrom
    ? await decodeTrainingState(resumeFrom, model.network, fingerprint)
    : freshTrainingState(fingerprint, options.headFirst || !hasTail ? 'head' : 'tail');
  const session = createSession({ signal, onCheckpoint, checkpointSeconds }, state.seconds);
  const run: Run = { model, options, session, labels: checked.labels, held: [], state };
  const { trunk, tail } = splitModel(model);
  try {
    let sources: SourceSet = checked;
    if ((state.phase === 'head' || hasTail) && checked.holdsImages && trunk.nodes.length > 1) {
      sources = yield* trunkPhase(run, trunk, checked);
    }
    if (state.phase === 'head') yield* headPhase(run, tail, sources);
    if (hasTail) yield* tailPhase(run, withWeights(tail, run.state.headWeights), sources);
  } finally {
    for (const activations of run.held) freeIfPossible(activations);
  }
  const { headWeights, history, best, head } = run.state;
  return {
    model: { ...model, network: withWeights(model.network, headWeights) },
    history,
    best: best!,
    head,
    seconds: session.seconds(),
  };
}
