import type { Model } from '@regraft/core';
import type { Emit } from '../runs/phase-clock.js';
import type { SplitFeatures } from './extract-features.js';

const mostNamed = 5;

const named = (images: SplitFeatures['unreadable']): string => {
  const shown = images.slice(0, mostNamed).map(({ path, reason }) => `${path} (${reason})`);
  const more = images.length > mostNamed ? ` and ${images.length - mostNamed} more` : '';
  return shown.join(', ') + more;
};

/** Tells of images that couldn't be read, and of labels that nothing is left to train with. */
export const warnLeftOut = (emit: Emit, { labels }: Model, { train, unreadable }: SplitFeatures): void => {
  const fresh = unreadable.filter(({ replayed }) => !replayed);
  const old = unreadable.filter(({ replayed }) => replayed);
  const warn = (message: string): void => emit({ type: 'warning', message });
  if (fresh.length > 0) warn(`Left out, because it can't be decoded: ${named(fresh)}`);
  if (old.length > 0) warn(`Old images that can't be read any more aren't shown again: ${named(old)}`);
  const trained = new Set(train[0]!.labels as ArrayLike<number> & Iterable<number>);
  const untrained = labels.filter((_, label) => !trained.has(label));
  if (untrained.length === 0) return;
  warn(
    `No image of ${untrained.join(', ')} is there to train on, so the model may forget what it knows of them.`,
  );
};
