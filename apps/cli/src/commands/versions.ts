import { formatShare, formatTime, listVersionSummaries } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { type CommonOptions, withStore } from './common.js';

export const versions = async (options: CommonOptions & { limit: number }): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const summaries = await listVersionSummaries(store, { limit: options.limit });
    output.data({ versions: summaries });
    if (summaries.length === 0) {
      output.line('No versions yet. Make one with: regraft fit photos/');
      return;
    }
    const lines = renderTable(summaries, [
      { title: 'version', value: ({ version }) => version },
      { title: 'name', value: ({ name }) => name ?? '' },
      { title: 'alias', value: ({ aliases }) => aliases.join(', ') },
      { title: 'classes', value: ({ labels }) => String(labels.length), align: 'right' },
      { title: 'accuracy', value: ({ accuracy }) => (accuracy ? formatShare(accuracy) : '') },
      { title: 'from', value: ({ parent, backbone }) => parent ?? backbone },
      { title: 'made', value: ({ createdAt }) => formatTime(createdAt) },
    ]);
    for (const line of lines) output.line(line);
  });
};
