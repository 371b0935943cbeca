import { separateHead } from '../grafting/graft.js';
import { readLinearHead } from '../grafting/linear-head.js';
import type { Model } from '../grafting/model.js';
import { cutNetwork } from '../network/cut-network.js';
import type { Network } from '../network/network.js';
import type { Activations } from './activations.js';
import { computePhase } from './compute-phase.js';
import { exactHeadPhase } from './exact-head-phase.js';
import type { ExampleSource } from './example-source.js';
import { gradientLoop } from './gradient-loop.js';
import { withHeadDropout } from './head-dropout.js';
import type { LabelledSource } from './score-examples.js';
import type { TrainingEvent } from './training-event.js';
import type { TrainingOptions } from './training-options.js';
import type { TrainingSession } from './training-session.js';
import { encodeTrainingState, type TrainingState } from './training-state.js';
import { unfreezingSchedule } from './unfreezing-schedule.js';

/** The training examples in all views and the validation examples, as a list and back. */
const listSources = ({ views, validation }: SourceSet): ExampleSource[] => [
  ...views,
  ...(validation ? [validation.source] : []),
];

export interface SourceSet {
  readonly views: readonly ExampleSource[];
  readonly validation: LabelledSource | null;
}

const replaceSources = ({ views, validation }: SourceSet, sources: readonly ExampleSource[]): SourceSet => ({
  views: sources.slice(0, views.length),
  validation: validation && { ...validation, source: sources[views.length]! },
});

/** One training under way. */
export interface Run {
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
  const features = model.blocks.at(-2)!.output;
  const trained = options.dropout === null ? network : withHeadDropout(network, features, options.dropout);
  const history = [...state.history];
  const result = yield* gradientLoop(
    {
      phase,
      network: trained,
      classes: model.labels.length,
      unfreezing: unfreezingSchedule(model, options, network.weights),
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

/** Sources seen through a network that stays as it is; what computes them is added to `held`. */
async function* computeSources(
  phase: 'features' | 'trunk',
  network: Network,
  sources: SourceSet,
  session: TrainingSession,
  held: Activations[],
): AsyncGenerator<TrainingEvent, SourceSet> {
  return replaceSources(sources, yield* computePhase(phase, network, listSources(sources), session, held));
}

/** Sources at the cut: what comes out of the frozen trunk. */
export const trunkPhase = (
  run: Run,
  trunk: Network,
  sources: SourceSet,
): AsyncGenerator<TrainingEvent, SourceSet> => computeSources('trunk', trunk, sources, run.session, run.held);

/** Fits the head to sources of pooled features. */
async function* fitPhase(run: Run, sources: SourceSet): AsyncGenerator<TrainingEvent, void> {
  const { model, options, session, labels, state } = run;
  const { classifier } = separateHead(model);
  const linear = options.headSolver === 'exact' ? readLinearHead(classifier) : null;
  if (linear === null) {
    yield { type: 'phase-start', phase: 'head', total: options.epochs };
    const { weights, best, history } = yield* loopPhase(run, 'head', classifier, sources);
    const head = { solver: 'gradient' as const, regularisation: null, folds: 0, crossValidation: [] };
    run.state = { ...state, head, headWeights: weights, history, best: { phase: 'head', ...best } };
    return;
  }
  const { weights, summary, record } = yield* exactHeadPhase(
    { classifier, linear, classes: model.labels.length, labels, ...sources },
    {
      options,
      session,
      scores: state.headScores,
      encode: (headScores) => encodeRun(run, { headScores }),
    },
  );
  const best = { phase: 'head' as const, epoch: record.epoch, validation: record.validation };
  run.state = { ...state, head: summary, headWeights: weights, history: [...state.history, record], best };
}

/** Trains the head alone, on what the frozen blocks between the cut and the head make of sources at the cut. */
export async function* headPhase(
  run: Run,
  tail: Network,
  sources: SourceSet,
): AsyncGenerator<TrainingEvent, void> {
  const { model, session } = run;
  const features = model.blocks.at(-2)!.output;
  const held: Activations[] = [];
  try {
    let atHead = sources;
    if (model.plan.cut !== features) {
      const { trunk } = cutNetwork(tail, features);
      atHead = yield* computeSources('features', trunk, sources, session, held);
    }
    const started = session.seconds();
    yield* fitPhase(run, atHead);
    run.state = { ...run.state, phase: 'tail', loop: null };
    yield { type: 'phase-end', phase: 'head', seconds: session.seconds() - started };
  } finally {
    for (const activations of held) activations.dispose();
  }
  yield* session.endStep('head', () => encodeRun(run, {}), true);
}

/** Trains the blocks above the cut together with the head. */
export async function* tailPhase(
  run: Run,
  tail: Network,
  sources: SourceSet,
): AsyncGenerator<TrainingEvent, void> {
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
