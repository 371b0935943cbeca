import type { FitFlags, Store } from '@regraft/studio';
import type { LikelyName } from '@regraft/studio/models';
import { renderNames } from '../output/name-lines.js';
import type { Output } from '../output/output.js';

export interface NamesRequest {
  readonly start: string;
  readonly data: string;
  /** `auto` takes what is proposed. */
  readonly rename: FitFlags['rename'] | 'auto';
}

const namesOf = (pairs: readonly LikelyName[]): FitFlags['rename'] =>
  Object.fromEntries(pairs.map((pair) => [pair.new, pair.old]));

/**
 * The other names that labels of new data get: those of `--rename`, else those that a person agrees to. Without a
 * person to ask labels stay as they are written.
 */
export const chooseNames = async (
  store: Store,
  { start, data, rename }: NamesRequest,
  { output, ask }: { readonly output: Output; readonly ask: ((question: string) => Promise<boolean>) | null },
): Promise<FitFlags['rename']> => {
  if (rename !== 'auto' && (rename !== undefined || ask === null)) return rename;
  const { proposeNames } = await import('@regraft/studio/models');
  const pairs = await proposeNames(store, { version: start, data });
  if (pairs.length === 0) return undefined;
  for (const line of renderNames(pairs, start)) output.line(line);
  const isAgreed = rename === 'auto' || (await ask?.(' Are they the same?'));
  return isAgreed ? namesOf(pairs) : undefined;
};
