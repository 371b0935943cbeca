import type { TogetherVerdict, Verdict } from '@regraft/core';
import { isOver, type Run, type RunStatus, type Store } from '@regraft/store';
import { actionTitle } from '../advise/action-title.js';
import { strategyTitles } from '../advise/together-words.js';
import type { EngineFacts } from '../engines/engine.js';
import type { Estimate } from '../format/number-format.js';
import { commandOfAdvice, commandOfRecipe } from '../recipe/fit-flags.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import { heldOutAccuracy } from '../versions/version-summary.js';
import type { AdviceResult, RunFailure, RunKind, RunResult } from './run-event.js';

/** One line of a list of runs. */
export interface RunSummary {
  readonly run: number;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly name: string | null;
  /** The folder or CSV it learns from. */
  readonly data: string;
  readonly parent: string | null;
  readonly version: string | null;
  /** What an advice came to, in a word or two. */
  readonly advice: string | null;
  readonly accuracy: Estimate | null;
  readonly seconds: number | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface RunDescription extends RunSummary {
  readonly recipe: Recipe;
  /** The command line that repeats it. */
  readonly command: string;
  readonly engine: EngineFacts | null;
  readonly result: RunResult | null;
  /** Of a run that gave advice. */
  readonly verdict: Verdict | null;
  /** Of a run that gave advice on two data sets. */
  readonly together: TogetherVerdict | null;
  readonly error: RunFailure | null;
  readonly resumable: boolean;
  /** The process that works or worked on it. */
  readonly pid: number | null;
}

const secondsOf = ({ startedAt, endedAt, status }: Run): number | null => {
  if (startedAt === null) return null;
  const end = endedAt ?? (isOver(status) ? null : new Date());
  return end === null ? null : (end.getTime() - startedAt.getTime()) / 1000;
};

const adviceResultOf = ({ kind, result }: Run): AdviceResult | null =>
  kind === 'advise' ? (result as AdviceResult | null) : null;

const adviceOf = (run: Run): string | null => {
  const { verdict = null, together = null } = adviceResultOf(run) ?? {};
  if (together) return strategyTitles[together.recommended];
  return verdict && actionTitle(verdict.recommendation.action);
};

const summarise = (run: Run): RunSummary => {
  const { data } = parseRecipe(run.recipe);
  const result = run.kind === 'fit' ? (run.result as RunResult | null) : null;
  return {
    run: run.id,
    kind: run.kind === 'advise' ? 'advise' : 'fit',
    status: run.status,
    name: run.name,
    data: data.folder ?? data.csv ?? '',
    parent: run.parentVersion,
    version: run.version,
    advice: adviceOf(run),
    accuracy: result ? heldOutAccuracy(result) : null,
    seconds: (run.result as AdviceResult | RunResult | null)?.seconds ?? secondsOf(run),
    createdAt: run.createdAt.toISOString(),
  };
};

const describe = (run: Run): RunDescription => {
  const recipe = parseRecipe(run.recipe);
  return {
    ...summarise(run),
    recipe,
    command: run.kind === 'advise' ? commandOfAdvice(recipe) : commandOfRecipe(recipe),
    engine: run.engine as EngineFacts | null,
    result: run.kind === 'fit' ? (run.result as RunResult | null) : null,
    verdict: adviceResultOf(run)?.verdict ?? null,
    together: adviceResultOf(run)?.together ?? null,
    error: run.error as RunFailure | null,
    resumable: isOver(run.status) && run.status !== 'finished',
    pid: run.pid,
  };
};

/** The runs of a store, newest first. */
export const listRunSummaries = async (
  store: Store,
  { limit = 100 }: { limit?: number } = {},
): Promise<RunSummary[]> => {
  const runs = await store.runs.list({ limit });
  return runs.map(summarise);
};

/** All there is to say of a run. */
export const describeRun = async (store: Store, id: number): Promise<RunDescription> =>
  describe(await store.runs.get(id));
