import { initialRunView, type RunView } from '@regraft/studio';
import { render } from '../ink.js';
import { RunScreen } from './run-screen.js';

export interface RunScreenSession {
  update(view: RunView): void;
  note(text: string): void;
  /** Leaves the last picture in the scrollback and gives the terminal back. */
  close(): void;
}

/** Draws a run on the terminal until it is closed; Ink limits the frames. */
export const openRunScreen = async (title: string): Promise<RunScreenSession> => {
  // Which phases there are the run itself says when it starts.
  let view: RunView = { ...initialRunView, phases: [] };
  let note = 'Ctrl-C stops at the next checkpoint';
  const element = () => <RunScreen title={title} view={view} note={view.status === 'running' ? note : ''} />;
  const instance = render(element(), { exitOnCtrlC: false, patchConsole: false, maxFps: 12 });
  return {
    update: (next) => {
      view = next;
      instance.rerender(element());
    },
    note: (text) => {
      note = text;
      instance.rerender(element());
    },
    close: () => instance.unmount(),
  };
};
