import { aliasHistory, formatDifference, formatTime, type Promotion, type Store } from '@regraft/studio';
import type { Output } from '../output/output.js';
import { renderTable } from '../output/table.js';

/** What `promote` keeps with a move; null for a name that was moved by hand. */
type Evidence = Pick<Promotion, 'verdict' | 'comparison' | 'forced'> | null;

const describeEvidence = (evidence: Evidence): string => {
  if (evidence === null) return 'not compared';
  const { comparison, forced } = evidence;
  const found = comparison
    ? `${formatDifference(comparison.difference)}, n ${comparison.difference.n}`
    : 'not compared';
  return forced ? `${found}; forced` : found;
};

/** Prints where a name stood, since when, who moved it and why. */
export const showHistory = async (store: Store, output: Output, name: string): Promise<void> => {
  const moves = await aliasHistory(store, name);
  output.data({ name, moves });
  const lines = renderTable(moves, [
    { title: 'when', value: ({ at }) => formatTime(at) },
    { title: 'from', value: ({ from }) => from ?? '–' },
    { title: 'to', value: ({ to }) => to ?? 'removed' },
    { title: 'by', value: ({ by }) => by },
    { title: 'compared', value: ({ evidence }) => describeEvidence(evidence as Evidence) },
    { title: 'why', value: ({ note }) => note ?? '' },
  ]);
  for (const line of lines) output.line(line);
};
