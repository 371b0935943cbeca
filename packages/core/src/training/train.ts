import * as tf from '@tensorflow/tfjs';
import { separateHead } from '../grafting/graft.js';
import { hashText } from '../grafting/hash-text.js';
import { readLinearHead } from '../grafting/linear-head.js';
import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { plannedWeights } from '../grafting/trained-weights.js';
import { cutNetwork } from '../network/cut-network.js';
import { hashNetwork } from '../network/hash-network.js';
import type { Network } from '../network/network.js';
import type { Activations } from './activations.js';
import { computePhase } from './compute-phase.js';
import { exactHeadPhase } from './exact-head-phase.js';
import type { ExampleSource } from './example-source.js';
import { gradientLoop } from './gradient-loop.js';
import { withHeadDropout } from './head-dropout.js';
import { withWeights } from './network-weights.js';
import type { LabelledSource } from './score-examples.js';
import { type CheckedData, checkTrainingData, type TrainingData } from './training-data.js';
import type { TrainingEvent, TrainingResult } from './training-event.js';
import { parseTrainingOptions, type TrainingOptions, type TrainingOptionsInput } from './training-options.js';
import { createSession, type TrainingControls, type TrainingSession } from './training-session.js';
import {
  decodeTrainingState,
  encodeTrainingState,
  type Fingerprint,
  type TrainingState,
} from './training-state.js';

const fingerprintOf = async (
  model: Model,
  { views, labels, validation, holdsImages }: CheckedData,
  options: TrainingOptions,
): Promise<Fingerprint> => {
  const { blocks, labels: names, plan } = model;
  const data = {
    holdsImages,
    views: views.length,
    labels: [...labels],
    validation: validation && [...validation.labels],
  };
  return {
    options: await hashText(JSON.stringify(options)),
    model: await hashText(JSON.stringify([await hashNetwork(model.network), blocks, names, plan])),
    data: await hashText(JSON.stringify(data)),
    engine: tf.getBackend(),
  };
};

/** The training examples in all views and the validation examples, as a list and back. */
const listSources = ({ views, validation }: SourceSet): ExampleSource[] => [
  ...views,
  ...(validation ? [validation.source] : []),
];

interface SourceSet {
  readonly views: readonly ExampleSource[];
  readonly validation: LabelledSource | null;
}

const replaceSources = ({ views, validation }: SourceSet, sources: readonly ExampleSource[]): SourceSet => ({
  views: sources.slice(0, views.length),
  validation: validation && { ...validation, source: sources[views.length]! },
});

/** One training under way. */
interface Run {
  readonly model: Model;
  readonly options: TrainingOptions;
  readonly session: TrainingSession;
  readonly labels: Int32Array;
  readonly held: Activations[];
  /** As it will stand in the next checkpoint. */
  state: TrainingState;
}

const encodeRun = (run: Run, change: Partial<TrainingState>): Promise<Uint8Array> =>
  encodeTrainingState({ ...run.state, ...change, seconds: run.session.seconds() });

/** Trains by gradient descent the weights of a network that the model's plan lets move. */
async function* loopPhase(
  run: Run,
  phase: 'head' | 'tail',
  network: Network,
  { views, validation }: SourceSet,
) {
  const { model, options, session, labels, state } = run;
  const { learningRates } = plannedWeights(model, options.batchNorm);
  const features = model.blocks.at(-2)!.output;
  const trained = options.dropout === null ? network : withHeadDropout(network, features, options.dropout);
  const history = [...state.history];
  const result = yield* gradientLoop(
    {
      phase,
      network: trained,
      classes: model.labels.length,
      rates: new Map([...learningRates].filter(([name]) => network.weights.has(name))),
      views,
      labels,
      validation,
    },
    {
      options,
      session,
      history,
      encode: (loop) => encodeRun(run, { phase, loop, history }),
    },
    state.loop ?? undefined,
  );
  return { ...result, history };
}

/** Trains the head alone, on pooled features. */
async function* headPhase(run: Run, sources: SourceSet): AsyncGenerator<TrainingEvent, void> {
  const { model, options, session, labels, state } = run;
  const { classifier } = separateHead(model);
  const linear = options.headSolver === 'exact' ? readLinearHead(classifier) : null;
  const started = session.seconds();
  if (linear === null) {
    yield { type: 'phase-start', phase: 'head', total: options.epochs };
    const { weights, best, history } = yield* loopPhase(run, 'head', classifier, sources);
    const head = { solver: 'gradient' as const, regularisation: null, folds: 0, crossValidation: [] };
    run.state = { ...state, head, headWeights: weights, history, best: { phase: 'head', ...best } };
  } else {
    const { weights, summary, record } = yield* exactHeadPhase(
      { classifier, linear, classes: model.labels.length, labels, ...sources },
      {
        options,
        session,
        scores: state.headScores,
        encode: (headScores) => encodeRun(run, { headScores }),
      },
    );
    const { epoch, validation } = record;
    const best = { phase: 'head' as const, epoch, validation };
    run.state = { ...state, head: summary, headWeights: weights, history: [...state.history, record], best };
  }
  run.state = { ...run.state, phase: 'tail', loop: null };
  yield { type: 'phase-end', phase: 'head', seconds: session.seconds() - started };
  yield* session.endStep('head', () => encodeRun(run, {}), true);
}

/** What the head sees of sources at the cut: themselves if the cut is right below it. */
async function* featurePhase(
  run: Run,
  tail: Network,
  sources: SourceSet,
): AsyncGenerator<TrainingEvent, SourceSet> {
  const { blocks, plan } = run.model;
  const features = blocks.at(-2)!.output;
  if (plan.cut === features) return sources;
  const { trunk } = cutNetwork(tail, features);
  const computed = computePhase('features', trunk, listSources(sources), run.session, run.held);
  return replaceSources(sources, yield* computed);
}

/** Trains the blocks above the cut together with the head. */
async function* tailPhase(run: Run, tail: Network, sources: SourceSet): AsyncGenerator<TrainingEvent, void> {
  const { options, session } = run;
  const started = session.seconds();
  yield { type: 'phase-start', phase: 'tail', total: options.epochs };
  const { weights, best, history } = yield* loopPhase(run, 'tail', tail, sources);
  run.state = {
    ...run.state,
    headWeights: new Map([...run.state.headWeights, ...weights]),
    history,
    best: { phase: 'tail', ...best },
  };
  yield { type: 'phase-end', phase: 'tail', seconds: session.seconds() - started };
}

export type TrainOptions = TrainingOptionsInput & TrainingControls;

/**
 * Trains what a model's freeze plan lets train, and yields events while it does. The data are images (the model's
 * input), which the frozen trunk sees once, or activations cached at the model's cut. First the head is fitted, on
 * frozen features; then, if the plan unfreezes blocks, they train together with it (LP-FT). Frozen weights keep their
 * bytes. It never lets more than some milliseconds pass without yielding to the event loop, and needs a tfjs backend
 * that is set and ready.
 *
 * Throws `data-invalid` or `data-too-small` for data that don't fit the model, `recipe-invalid` for options out of
 * range, `training-diverged` when the loss or a weight isn't finite, `cancelled` when the signal is aborted (after a
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
  const checked = checkTrainingData(model, data);
  const fingerprint = await fingerprintOf(model, checked, options);
  const fresh: TrainingState = {
    fingerprint,
    phase: options.headFirst || model.plan.trained.length === 1 ? 'head' : 'tail',
    seconds: 0,
    history: [],
    head: null,
    headWeights: new Map(),
    headScores: [],
    best: null,
    loop: null,
  };
  const state = resumeFrom ? await decodeTrainingState(resumeFrom, model.network, fingerprint) : fresh;
  const session = createSession({ signal, onCheckpoint, checkpointSeconds }, state.seconds);
  const run: Run = { model, options, session, labels: checked.labels, held: [], state };
  const { trunk, tail } = splitModel(model);
  const hasTail = model.plan.trained.length > 1;
  try {
    let sources: SourceSet = checked;
    if ((state.phase === 'head' || hasTail) && checked.holdsImages && trunk.nodes.length > 1) {
      const computed = computePhase('trunk', trunk, listSources(checked), session, run.held);
      sources = replaceSources(checked, yield* computed);
    }
    if (state.phase === 'head') yield* headPhase(run, yield* featurePhase(run, tail, sources));
    if (hasTail) yield* tailPhase(run, withWeights(tail, run.state.headWeights), sources);
  } finally {
    for (const activations of run.held) activations.dispose();
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
