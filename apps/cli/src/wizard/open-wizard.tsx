import { render } from '../ink.js';
import { Keyboard } from './keyboard.js';
import { Frame } from './layout/frame.js';

const alternateScreen = { enter: '\u001b[?1049h\u001b[H', leave: '\u001b[?1049l' };
/** Signals by which a terminal or a system ends the wizard; Ctrl-C is a key here. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const clear = '\u001b[2J\u001b[H';

/** What is there while the rest is being read. */
const Opening = () => (
  <Frame title="Home" keys={[]}>
    {null}
  </Frame>
);

/**
 * Opens the wizard on a screen of its own and gives the terminal back as it was, whatever ends it; what the person may
 * want to keep is printed then: the commands that do the same.
 */
export const openWizard = async (): Promise<void> => {
  const isRead = process.env.INK_SCREEN_READER === 'true';
  const keyboard = new Keyboard(process.stdin, process.stdout);
  const restore = (): void => {
    keyboard.close();
    if (!isRead) process.stdout.write(alternateScreen.leave);
  };
  if (!isRead) process.stdout.write(alternateScreen.enter);
  process.once('exit', restore);
  const release = keyboard.hold();
  const instance = render(<Opening />, {
    // All that Ink asks of a terminal's keys.
    stdin: keyboard as unknown as NodeJS.ReadStream,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 15,
    isScreenReaderEnabled: isRead,
  });
  const hangUp = (): void => instance.unmount();
  const redraw = (): void => {
    if (!isRead) process.stdout.write(clear);
    instance.clear();
  };
  for (const signal of endings) process.on(signal, hangUp);
  process.stdout.prependListener('resize', redraw);
  const kept: string[] = [];
  try {
    const [{ App }, { createServices }] = await Promise.all([import('./app.js'), import('./services.js')]);
    const services = createServices();
    try {
      const holdKeys = (): (() => void) => keyboard.hold();
      const onLeave = (lines: readonly string[]): void => {
        kept.push(...services.commands().map((command) => `$ ${command}`), ...lines);
      };
      instance.rerender(<App services={services} holdKeys={holdKeys} onLeave={onLeave} />);
      release();
      await instance.waitUntilExit();
    } finally {
      await services.close();
    }
  } finally {
    process.stdout.off('resize', redraw);
    for (const signal of endings) process.off(signal, hangUp);
    process.off('exit', restore);
    instance.unmount();
    restore();
  }
  for (const line of kept) process.stdout.write(`${line}\n`);
};
