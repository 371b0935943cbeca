import type { Score, TrainingEvent } from '../../training/training-event.js';

/** A training that may be left before its end. */
export interface RacingArm<Result> {
  readonly name: string;
  /** What an epoch of it costs, in any unit that all arms share. */
  readonly cost: number;
  readonly epochs: number;
  /** Begins its training; called once at most. What it prepares counts as its time. */
  begin(): Promise<AsyncGenerator<TrainingEvent, Result>>;
}

/**
 * `finished`: trained to its end; `dropped`: left, because others validated better after as many epochs;
 * `out-of-time`: left, or not begun, because there was no time for it.
 */
export type ArmStatus = 'dropped' | 'finished' | 'out-of-time';

export interface ArmRecord<Result> {
  readonly name: string;
  readonly status: ArmStatus;
  /** Epochs that it trained. */
  readonly epochs: number;
  readonly seconds: number;
  /** The lowest validation loss and the accuracy with it, so far; null for an arm that was not begun. */
  readonly best: Score | null;
  /** Of a finished arm. */
  readonly result: Result | null;
}

export interface RaceOptions<Result> {
  /** Seconds that the race may go on; it asks before every epoch. */
  readonly secondsLeft?: () => number;
  /** After which shares of the epochs the worse half is left. */
  readonly rungs?: readonly number[];
  readonly onEvent?: (arm: string, event: TrainingEvent) => void;
  /** Told of every arm as soon as its fate is known. */
  readonly onRecord?: (record: ArmRecord<Result>) => Promise<void> | void;
}

const standardRungs = [0.2, 0.5];

/** So many arms in a row, each costlier than the one before, that help nothing: the costlier ones are not begun. */
const discouraging = 2;

interface Runner<Result> {
  readonly arm: RacingArm<Result>;
  epochs: number;
  seconds: number;
  /** The lowest validation loss of the blocks' training, and what the head alone had. */
  best: Score | null;
  atHead: Score | null;
  training: AsyncGenerator<TrainingEvent, Result> | null;
}

const lossOf = (score: Score | null): number => score?.loss ?? Infinity;

const follow = (runner: Runner<unknown>, event: TrainingEvent): void => {
  if (event.type !== 'epoch-end') return;
  const { validation, phase, epoch } = event;
  if (phase === 'head') {
    runner.atHead = validation;
    return;
  }
  runner.epochs = epoch;
  if (lossOf(validation) < lossOf(runner.best)) runner.best = validation;
};

/** Whether training its blocks has made an arm better than its head was without. */
const improves = ({ best, atHead }: Runner<unknown>): boolean => lossOf(best) < lossOf(atHead);

/**
 * Trains arms side by side and leaves the worse ones early: after each rung go on, of those whose blocks have made
 * anything better, the half with the lower validation losses (successive halving: Jamieson and Talwalkar,
 * "Non-stochastic best arm identification and hyperparameter optimization", 2016). An arm that is paused keeps its
 * place, so one that finishes has the very weights that it would have alone. Arms begin in the order given, the cheap
 * ones first; where two in a row have made nothing better, those after them are not begun, and one whose next epochs, by
 * the pace of the others and its cost, would not end in time is left. Validation data are needed to tell arms apart.
 *
 * @example
 * const records = await raceArms(arms, { secondsLeft: () => (deadline - performance.now()) / 1000 });
 */
export const raceArms = async <Result>(
  arms: readonly RacingArm<Result>[],
  {
    secondsLeft = () => Infinity,
    rungs = standardRungs,
    onEvent = () => undefined,
    onRecord = () => undefined,
  }: RaceOptions<Result> = {},
): Promise<ArmRecord<Result>[]> => {
  const records = new Map<string, ArmRecord<Result>>();
  /** Seconds for a unit of cost, by the slowest arm so far. */
  let pace = 0;

  const settle = async (runner: Runner<Result>, status: ArmStatus, result: Result | null): Promise<void> => {
    const { arm, epochs, seconds, best, training } = runner;
    await training?.return(undefined as never);
    const record: ArmRecord<Result> = { name: arm.name, status, epochs, seconds, best, result };
    records.set(arm.name, record);
    await onRecord(record);
  };

  const trainUntil = async (runner: Runner<Result>, until: number): Promise<{ result: Result } | null> => {
    const started = performance.now();
    const before = runner.epochs;
    try {
      runner.training ??= await runner.arm.begin();
      while (runner.epochs < until) {
        const next = await runner.training.next();
        if (next.done === true) return { result: next.value };
        follow(runner, next.value);
        onEvent(runner.arm.name, next.value);
      }
      return null;
    } finally {
      const seconds = (performance.now() - started) / 1000;
      runner.seconds += seconds;
      if (runner.epochs > before) pace = Math.max(pace, seconds / (runner.epochs - before) / runner.arm.cost);
    }
  };

  /** Those that are still under way after the rung, the best first. */
  const runRung = async (racing: readonly Runner<Result>[], share: number): Promise<Runner<Result>[]> => {
    const under: Runner<Result>[] = [];
    let inVain = 0;
    for (const runner of racing) {
      const { arm } = runner;
      if (runner.training === null && inVain >= discouraging) {
        await settle(runner, 'dropped', null);
        continue;
      }
      const until = Math.ceil(share * arm.epochs);
      const expected = (Math.min(until, arm.epochs) - runner.epochs) * arm.cost * pace;
      if (secondsLeft() <= expected) {
        await settle(runner, 'out-of-time', null);
        continue;
      }
      const end = await trainUntil(runner, until);
      inVain = improves(runner) ? 0 : inVain + 1;
      if (end === null) under.push(runner);
      else await settle(runner, 'finished', end.result);
    }
    return under.sort((a, b) => lossOf(a.best) - lossOf(b.best));
  };

  let racing: Runner<Result>[] = arms.map((arm) => ({
    arm,
    epochs: 0,
    seconds: 0,
    best: null,
    atHead: null,
    training: null,
  }));
  try {
    for (const share of rungs) {
      const half = Math.ceil(racing.length / 2);
      const under = await runRung(racing, share);
      racing = under.filter((runner, place) => place < half && improves(runner));
      for (const runner of under) if (!racing.includes(runner)) await settle(runner, 'dropped', null);
    }
    // The last epoch's end is not the end of the training.
    await runRung(racing, Infinity);
  } finally {
    for (const { arm, training } of racing)
      if (!records.has(arm.name)) await training?.return(undefined as never);
  }
  return arms.map(({ name }) => records.get(name)!);
};
