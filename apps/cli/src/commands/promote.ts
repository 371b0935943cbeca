import { RegraftError } from '@regraft/errors';
import { type Promotion, refusal } from '@regraft/studio';
import { promoteVersion } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { createProgressLine } from '../output/progress-line.js';
import { describePromotion, renderComparison } from '../output/promotion-lines.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

interface PromoteOptions extends CommonOptions, EngineOptions {
  readonly test?: string;
  /** In points. */
  readonly margin: number;
  readonly force?: boolean;
  readonly note?: string;
}

const forceOf = ({ force = false, note }: PromoteOptions): { note: string } | undefined => {
  if (force !== (note !== undefined)) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: `A forced promotion says why, for the history. Received: ${force ? '--force without --note' : '--note without --force'}`,
      hint: 'Try: regraft promote v3 --force --note "the old one fails on night photos"',
    });
  }
  return note === undefined ? undefined : { note };
};

const isRefused = ({ moved, verdict }: Promotion): boolean => !moved && verdict !== 'unchanged';

export const promote = async (
  reference: string,
  alias: string | undefined,
  options: PromoteOptions,
): Promise<void> => {
  const output = createOutput(options);
  const force = forceOf(options);
  const progress = createProgressLine(output, 'compare');
  await withStore(options, 'existing', async (store) => {
    const promotion = await promoteVersion(store, reference, {
      ...(alias === undefined ? {} : { alias }),
      test: options.test,
      margin: options.margin / 100,
      force,
      engine: engineHere(options),
      signal: interruptSignal(),
      onProgress: ({ done, total, rate }) =>
        progress.update({ done, total, secondsLeft: rate > 0 ? (total - done) / rate : null }),
    }).finally(progress.clear);
    for (const line of renderComparison(promotion)) output.line(line);
    if (isRefused(promotion)) throw refusal(promotion);
    output.data(promotion);
    output.line(` ${paint.leaf('✔')} ${describePromotion(promotion)}`);
  });
};
