import { evenBatches } from './batches.js';
import { range } from './example-source.js';
import { randomGenerator } from './random-generator.js';

/** Where an epoch's draws come from. */
export interface EpochDraw {
  readonly phase: string;
  readonly epoch: number;
  readonly seed: number;
}

/** How an epoch is cut into batches. */
export interface EpochShape {
  /** Examples. */
  readonly size: number;
  readonly views: number;
  readonly batchSize: number;
  /** Examples that every batch has. */
  readonly smallest: number;
}

/** Examples of a batch, and the rows where they stand in all views joined. */
export interface EpochBatch {
  readonly examples: readonly number[];
  readonly rows: readonly number[];
}

/** The batches of an epoch: every example once, in a shuffled order and in a view drawn for it. */
export const epochBatches = (
  { size, views, batchSize, smallest }: EpochShape,
  { phase, epoch, seed }: EpochDraw,
): EpochBatch[] => {
  const order = randomGenerator(seed, phase, 'order', epoch).shuffle(Int32Array.from(range(0, size)));
  const draw = randomGenerator(seed, phase, 'views', epoch);
  return evenBatches(order, batchSize, smallest).map((examples) => ({
    examples,
    rows: examples.map((example) => example + size * draw.below(views)),
  }));
};
