import {
  followRun,
  initialRunView,
  killRun,
  type RunView,
  reduceRunView,
  requestStop,
  type Store,
} from '@regraft/studio';
import type { Output } from './output.js';
import { failureOf } from './run-failure.js';
import { plainLine } from './run-lines.js';

/**
 * Follows a run to its end: a live screen on a terminal, plain lines in a pipe, NDJSON events under `--json`.
 * The first Ctrl-C asks the run to stop at its next checkpoint, the second ends its process; both can be resumed.
 *
 * @throws RegraftError of the run's own failure, `cancelled` when it was stopped
 */
export const watchRun = async (
  store: Store,
  run: number,
  output: Output,
  { title, after = 0 }: { title: string; after?: number },
): Promise<RunView> => {
  let view = initialRunView;
  let interrupts = 0;
  // Ink is the slowest thing to load, and the run itself has started already.
  const screen = output.live
    ? await (await import('./run-screen-session.js')).openRunScreen(title)
    : undefined;
  const onInterrupt = () => {
    interrupts += 1;
    if (interrupts === 1) {
      const note = 'Stopping at the next checkpoint. Ctrl-C again ends it at once; both can be resumed.';
      if (screen) screen.note(note);
      else output.line(note);
      void requestStop(store, run);
    } else {
      void killRun(store, run);
    }
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    for await (const { id, at, event } of followRun(store, run, { after })) {
      view = reduceRunView(view, event);
      output.data({ id, at, ...event });
      if (screen) screen.update(view);
      else {
        const line = plainLine(view, event);
        if (line !== undefined) output.line(line);
      }
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    screen?.close();
  }
  if (view.status === 'finished') return view;
  throw await failureOf(store, run, view);
};
