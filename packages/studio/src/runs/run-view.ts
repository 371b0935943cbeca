import type { ArmSummary, TogetherVerdict, Verdict } from '@regraft/core';
import type { DepthDecision } from '../depth/depth-decision.js';
import type {
  BlockState,
  CacheCount,
  RunEvent,
  RunFailure,
  RunKind,
  RunPhase,
  RunResult,
} from './run-event.js';
import { advicePhases, fitPhases } from './run-event.js';

export interface PhaseView {
  readonly phase: RunPhase;
  readonly status: 'waiting' | 'running' | 'done';
  readonly done: number;
  readonly total: number | null;
  readonly rate: number;
  readonly secondsLeft: number | null;
  readonly seconds: number | null;
  readonly cache: CacheCount | null;
}

export interface EpochView {
  readonly phase: RunPhase;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validation: { readonly loss: number; readonly accuracy: number } | null;
}

/** One of several trainings that are compared. */
export interface ArmView {
  readonly name: string;
  readonly status: ArmSummary['status'] | 'running';
  /** Its last epoch so far; null before the first. */
  readonly epoch: EpochView | null;
  readonly summary: ArmSummary | null;
}

/** What a run's events so far add up to: the state every front end draws. */
export interface RunView {
  readonly status: 'waiting' | 'running' | 'finished' | 'stopped' | 'failed';
  readonly kind: RunKind;
  readonly phases: readonly PhaseView[];
  readonly verdict: Verdict | null;
  readonly together: TogetherVerdict | null;
  readonly scanned: Extract<RunEvent, { type: 'data-scanned' }> | null;
  readonly grafted: Extract<RunEvent, { type: 'model-grafted' }> | null;
  readonly epochs: readonly EpochView[];
  /** Of a comparison of depths, in the order they began. */
  readonly arms: readonly ArmView[];
  readonly depth: DepthDecision | null;
  readonly warnings: readonly string[];
  readonly checkpoints: number;
  readonly result: RunResult | null;
  readonly error: RunFailure | null;
}

const waitingPhase = (phase: RunPhase): PhaseView => ({
  phase,
  status: 'waiting',
  done: 0,
  total: null,
  rate: 0,
  secondsLeft: null,
  seconds: null,
  cache: null,
});

export const initialRunView: RunView = {
  status: 'waiting',
  kind: 'fit',
  phases: fitPhases.filter((phase) => phase !== 'depth').map(waitingPhase),
  verdict: null,
  together: null,
  scanned: null,
  grafted: null,
  epochs: [],
  arms: [],
  depth: null,
  warnings: [],
  checkpoints: 0,
  result: null,
  error: null,
};

/** The phases with one that not every run has, in its place. */
const withOptional = (view: RunView, phase: RunPhase): RunView => {
  if (view.phases.some((entry) => entry.phase === phase)) return view;
  const known = new Map(view.phases.map((entry) => [entry.phase, entry]));
  const order = view.kind === 'fit' ? fitPhases : advicePhases;
  const phases = order.flatMap((name) => {
    const entry = name === phase ? waitingPhase(name) : known.get(name);
    return entry === undefined ? [] : [entry];
  });
  return { ...view, phases };
};

const withPhase = (view: RunView, phase: RunPhase, change: Partial<PhaseView>): RunView => ({
  ...view,
  phases: view.phases.map((entry) => (entry.phase === phase ? { ...entry, ...change } : entry)),
});

/** A resumed run goes past the phases that its checkpoint holds; they count as done. */
const skipped = (view: RunView, phase: RunPhase): RunView => {
  const index = view.phases.findIndex((entry) => entry.phase === phase);
  const phases = view.phases.map((entry, position) =>
    position < index && entry.status === 'waiting' ? { ...entry, status: 'done' as const } : entry,
  );
  return { ...view, phases };
};

const armOf = ({ arms }: RunView, name: string): ArmView =>
  arms.find((arm) => arm.name === name) ?? { name, status: 'running', epoch: null, summary: null };

const withArm = (view: RunView, changed: ArmView): RunView => {
  const isKnown = view.arms.some(({ name }) => name === changed.name);
  const arms = isKnown
    ? view.arms.map((arm) => (arm.name === changed.name ? changed : arm))
    : [...view.arms, changed];
  return { ...view, arms };
};

/** How much of a phase is done, from 0 to 1; nothing where its total is not known. */
export const phaseProgress = ({ done, total }: PhaseView): number | null =>
  total === null || total === 0 ? null : done / total;

/** Whether any block of the model trains besides its head. */
const trainsBlocks = (blocks: readonly BlockState[]): boolean =>
  blocks.some(({ state }) => state === 'trained');

/**
 * The view after one more event.
 *
 * @example const view = events.reduce(reduceRunView, initialRunView);
 */
export const reduceRunView = (view: RunView, event: RunEvent): RunView => {
  switch (event.type) {
    case 'run-start':
      return {
        ...initialRunView,
        ...(event.kind === 'advise' ? { kind: event.kind, phases: [] } : {}),
        status: 'running',
        warnings: view.warnings,
      };
    case 'phase-start': {
      const { phase, total = null } = event;
      return withPhase(skipped(withOptional(view, phase), phase), phase, {
        status: 'running',
        done: 0,
        total,
      });
    }
    case 'progress': {
      const { done, total, rate, secondsLeft, cache = null } = event;
      return withPhase(view, event.phase, { done, total, rate, secondsLeft, cache });
    }
    case 'phase-end': {
      const cache = event.cache ? { cache: event.cache } : {};
      return withPhase(view, event.phase, {
        status: 'done',
        seconds: event.seconds,
        secondsLeft: null,
        ...cache,
      });
    }
    case 'data-scanned':
      return { ...view, scanned: event };
    case 'model-grafted': {
      const phases = trainsBlocks(event.blocks)
        ? view.phases
        : view.phases.filter(({ phase }) => phase !== 'tail');
      return { ...view, grafted: event, phases };
    }
    case 'training':
      return event.event.type === 'epoch-end' ? { ...view, epochs: [...view.epochs, event.event] } : view;
    case 'arm-epoch': {
      const { arm, epoch } = event;
      return withArm(view, { ...armOf(view, arm), epoch, status: 'running' });
    }
    case 'arm-end': {
      const { name, status } = event.arm;
      return withArm(view, { ...armOf(view, name), status, summary: event.arm });
    }
    case 'depth-chosen':
      return { ...view, depth: event.decision };
    case 'together':
      return { ...view, together: event.together };
    case 'verdict':
      return { ...view, verdict: event.verdict };
    case 'checkpoint-saved':
      return { ...view, checkpoints: view.checkpoints + 1 };
    case 'warning':
      return { ...view, warnings: [...view.warnings, event.message] };
    case 'run-end':
      return {
        ...view,
        status: event.status,
        result: event.status === 'finished' && 'metrics' in event.result ? event.result : null,
        error: event.status === 'failed' ? event.error : null,
      };
  }
};
