import { mapYields } from '../drain.js';
import type { RegularisationScore } from '../training-event.js';
import type { HeadJob, HeadProblem, HeldOutScore } from './evaluate-heads.js';
import { headsPerBatch, type MinimiseSettings, minimiseHeads } from './minimise-heads.js';

/** Strengths tried first, in units of the number of features, which the useful range grows with. */
const coarse = [1e-3, 1e-2, 1e-1, 1, 10];

/** Then these, times the best of them. */
const refined = [Math.sqrt(0.1), Math.sqrt(10)];

/** The strength without evidence for another: too few examples to hold any out. */
export const defaultRegularisation = (features: number): number => 0.1 * features;

/** How many fits a choice takes. */
export const choiceFits = (folds: number): number => folds * (coarse.length + refined.length);

/** Every strength with every fold left out. */
const foldJobs = (strengths: readonly number[], folds: number): HeadJob[] =>
  strengths.flatMap((regularisation) =>
    Array.from({ length: folds }, (_, fold) => ({ regularisation, fold })),
  );

/** Adds folds up: mean loss and accuracy of each strength over all held-out examples, by rising strength. */
const tabulate = (jobs: readonly HeadJob[], scores: readonly HeldOutScore[]): RegularisationScore[] => {
  const strengths = [...new Set(jobs.map(({ regularisation }) => regularisation))].sort((a, b) => a - b);
  return strengths.map((regularisation) => {
    const own = scores.filter((_, index) => jobs[index]?.regularisation === regularisation);
    const sum = (key: keyof HeldOutScore): number => own.reduce((total, score) => total + score[key], 0);
    return { regularisation, loss: sum('loss') / sum('weight'), accuracy: sum('hits') / sum('count') };
  });
};

/** The strength of the lowest loss; the stronger one of equals. */
const bestStrength = (table: readonly RegularisationScore[]): number =>
  table.reduce((best, entry) => (entry.loss <= best.loss ? entry : best)).regularisation;

export interface RegularisationChoice {
  readonly regularisation: number;
  /** By rising strength. */
  readonly table: readonly RegularisationScore[];
}

/**
 * Chooses the strength with the lowest held-out log loss: decades first, then the half decades beside the best.
 * The log loss and not the accuracy, which moves in steps of one example and is flat and noisy where data are few.
 * Yields the scores of the fits that are done; given back as `scores`, they are not made again.
 */
export async function* chooseRegularisation(
  problem: HeadProblem,
  { features, folds, scores }: { features: number; folds: number; scores: readonly HeldOutScore[] },
  settings: MinimiseSettings,
): AsyncGenerator<readonly HeldOutScore[], RegularisationChoice> {
  let done = scores;
  const jobs: HeadJob[] = [];
  const fitAll = async function* (
    strengths: readonly number[],
  ): AsyncGenerator<readonly HeldOutScore[], void> {
    jobs.push(...foldJobs(strengths, folds));
    while (done.length < jobs.length) {
      const next = jobs.slice(done.length, done.length + headsPerBatch(problem));
      const fits = yield* mapYields(minimiseHeads(problem, next, settings), () => done);
      done = [...done, ...fits.map(({ heldOut }) => heldOut)];
      yield done;
    }
  };
  yield* fitAll(coarse.map((factor) => factor * features));
  const best = bestStrength(tabulate(jobs, done));
  yield* fitAll(refined.map((factor) => factor * best));
  const table = tabulate(jobs, done);
  return { regularisation: bestStrength(table), table };
}
