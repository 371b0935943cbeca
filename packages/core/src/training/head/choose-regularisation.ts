import { mapYields } from '../drain.js';
import type { RegularisationScore } from '../training-event.js';
import type { HeadJob, HeadProblem, HeldOutScore } from './evaluate-heads.js';
import { headsPerBatch, type MinimiseSettings, minimiseHeads } from './minimise-heads.js';

/** Decades tried first, in units of the number of features, which the useful range grows with. */
const firstDecades = [-2, -1, 0];

/** As far as the search goes on where the outermost decade is the best. */
const outermost = { weakest: -3, strongest: 3 };

/** Then these, times the best of them. */
const refined = [Math.sqrt(0.1), Math.sqrt(10)];

/** The strength without evidence for another: too few examples to hold any out. */
export const defaultRegularisation = (features: number): number => 0.1 * features;

/** How many fits a choice takes that need not go beyond the first decades. */
export const choiceFits = (folds: number): number => folds * (firstDecades.length + refined.length);

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

/** The next decade outward from the best one, if that is the outermost of those tried. */
const decadeBeyond = (tried: readonly number[], best: number): number | undefined => {
  if (best === Math.max(...tried) && best < outermost.strongest) return best + 1;
  if (best === Math.min(...tried) && best > outermost.weakest) return best - 1;
  return undefined;
};

/** How far a choice is. */
export interface ChoiceProgress {
  readonly scores: readonly HeldOutScore[];
  /** Fits that the choice takes, as far as is known: more where it goes beyond the first decades. */
  readonly fits: number;
}

export interface RegularisationChoice {
  readonly regularisation: number;
  /** By rising strength. */
  readonly table: readonly RegularisationScore[];
}

/**
 * Chooses the strength with the lowest held-out log loss: three decades first, further ones for as long as the
 * outermost is the best, then the half decades beside the best. The log loss and not the accuracy, which moves in
 * steps of one example and is flat and noisy where data are few. Yields the scores of the fits that are done; given
 * back as `scores`, they are not made again.
 */
export async function* chooseRegularisation(
  problem: HeadProblem,
  { features, folds, scores }: { features: number; folds: number; scores: readonly HeldOutScore[] },
  settings: MinimiseSettings,
): AsyncGenerator<ChoiceProgress, RegularisationChoice> {
  let done = scores;
  const jobs: HeadJob[] = [];
  const fitAll = async function* (
    strengths: readonly number[],
    toRefine: number,
  ): AsyncGenerator<ChoiceProgress, void> {
    jobs.push(...foldJobs(strengths, folds));
    const progress = (): ChoiceProgress => ({ scores: done, fits: jobs.length + folds * toRefine });
    while (done.length < jobs.length) {
      const next = jobs.slice(done.length, done.length + headsPerBatch(problem));
      const fits = yield* mapYields(minimiseHeads(problem, next, settings), progress);
      done = [...done, ...fits.map(({ heldOut }) => heldOut)];
      yield progress();
    }
  };

  const strengthOf = (decade: number): number => features * 10 ** decade;
  const tried: number[] = [];
  let best = Number.NaN;
  for (let next = firstDecades; next.length > 0; ) {
    yield* fitAll(next.map(strengthOf), refined.length);
    tried.push(...next);
    const strength = bestStrength(tabulate(jobs, done));
    best = tried.find((decade) => strengthOf(decade) === strength)!;
    const beyond = decadeBeyond(tried, best);
    next = beyond === undefined ? [] : [beyond];
  }
  yield* fitAll(
    refined.map((factor) => factor * strengthOf(best)),
    0,
  );
  const table = tabulate(jobs, done);
  return { regularisation: bestStrength(table), table };
}
