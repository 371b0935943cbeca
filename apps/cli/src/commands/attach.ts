import {
  describeRun,
  followRun,
  initialRunView,
  type RunView,
  reduceRunView,
  type Store,
} from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { reportRun } from '../output/report-run.js';
import { failureOf } from '../output/run-failure.js';
import { watchRun } from '../output/watch-run.js';
import { type CommonOptions, withStore } from './common.js';

/** What became of a run that is over, without showing how it went. */
const lastView = async (store: Store, run: number): Promise<RunView> => {
  let view = initialRunView;
  for await (const { event } of followRun(store, run)) view = reduceRunView(view, event);
  if (view.status === 'finished') return view;
  throw await failureOf(store, run, view);
};

export const attach = async (run: number, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const { recipe, status, resumable, data } = await describeRun(store, run);
    const isOver = status === 'finished' || resumable;
    const view = isOver
      ? await lastView(store, run)
      : await watchRun(store, run, output, { title: `${data}   run ${run}` });
    reportRun(output, { run, recipe }, view);
  });
};
