import { formatDuration, formatShare, formatTime, listRunSummaries, type RunSummary } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderTable } from '../output/table.js';
import { type CommonOptions, withStore } from './common.js';

const stateOf = ({ status }: RunSummary): string =>
  status === 'failed'
    ? paint.red(status)
    : status === 'interrupted' || status === 'stopped'
      ? paint.amber(status)
      : status;

export const runs = async (options: CommonOptions & { limit: number }): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const summaries = await listRunSummaries(store, { limit: options.limit });
    output.data({ runs: summaries });
    if (summaries.length === 0) {
      output.line('No runs yet. Start one with: regraft fit photos/');
      return;
    }
    const lines = renderTable(summaries, [
      { title: 'run', value: ({ run }) => String(run), align: 'right' },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'status', value: stateOf },
      { title: 'from', value: ({ parent }) => parent ?? '' },
      { title: 'data', value: ({ data }) => data },
      { title: 'result', value: ({ version, advice }) => version ?? advice ?? '' },
      { title: 'accuracy', value: ({ accuracy }) => (accuracy ? formatShare(accuracy) : '') },
      {
        title: 'time',
        value: ({ seconds }) => (seconds === null ? '' : formatDuration(seconds)),
        align: 'right',
      },
      { title: 'started', value: ({ createdAt }) => formatTime(createdAt) },
    ]);
    for (const line of lines) output.line(line);
    const open = summaries.find(({ status }) => status === 'interrupted' || status === 'stopped');
    if (open) output.line(`\nGo on with run ${open.run}: regraft resume ${open.run}`);
  });
};
