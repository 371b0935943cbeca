import { type CommonOptions, type EngineOptions, engineChoice } from '../commands/common.js';
import { render } from '../ink.js';
import { App } from './app.js';
import { Keyboard } from './keyboard.js';
import type { Route } from './navigation.js';
import { createServices } from './services.js';

const alternateScreen = { enter: '\u001b[?1049h\u001b[H', leave: '\u001b[?1049l' };
/** Signals by which a terminal or a system ends the wizard; Ctrl-C is a key here. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const clear = '\u001b[2J\u001b[H';

/**
 * Opens the wizard on a screen of its own and gives the terminal back as it was, whatever ends it; what the person may
 * want to keep is printed then: the commands that do the same.
 */
export const openWizard = async (
  options: CommonOptions & EngineOptions,
  start: Route = { screen: 'home' },
): Promise<void> => {
  const isRead = process.env.INK_SCREEN_READER === 'true';
  const keyboard = new Keyboard(process.stdin, process.stdout);
  const services = createServices({ store: options.store, engine: engineChoice(options) });
  const holdKeys = (): (() => void) => keyboard.hold();
  let lines: readonly string[] = [];
  const restore = (): void => {
    keyboard.close();
    if (!isRead) process.stdout.write(alternateScreen.leave);
  };
  if (!isRead) process.stdout.write(alternateScreen.enter);
  process.once('exit', restore);
  const instance = render(
    <App
      services={services}
      start={start}
      holdKeys={holdKeys}
      onLeave={(kept) => {
        lines = kept;
      }}
    />,
    {
      // All that Ink asks of a terminal's keys.
      stdin: keyboard as unknown as NodeJS.ReadStream,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 15,
      isScreenReaderEnabled: isRead,
    },
  );
  const hangUp = (): void => instance.unmount();
  const redraw = (): void => {
    if (!isRead) process.stdout.write(clear);
    instance.clear();
  };
  for (const signal of endings) process.on(signal, hangUp);
  process.stdout.prependListener('resize', redraw);
  try {
    await instance.waitUntilExit();
  } finally {
    process.stdout.off('resize', redraw);
    for (const signal of endings) process.off(signal, hangUp);
    process.off('exit', restore);
    restore();
    await services.close();
  }
  for (const line of [...services.commands().map((command) => `$ ${command}`), ...lines])
    process.stdout.write(`${line}\n`);
};
