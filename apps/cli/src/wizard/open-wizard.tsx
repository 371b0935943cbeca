import { type CommonOptions, type EngineOptions, engineChoice } from '../commands/common.js';
import { render } from '../ink.js';
import { App } from './app.js';
import type { Route } from './navigation.js';
import { createServices } from './services.js';

const alternateScreen = { enter: '\u001b[?1049h\u001b[H', leave: '\u001b[?1049l' };
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
  const services = createServices({ store: options.store, engine: engineChoice(options) });
  let lines: readonly string[] = [];
  const restore = (): void => {
    if (!isRead) process.stdout.write(alternateScreen.leave);
  };
  if (!isRead) process.stdout.write(alternateScreen.enter);
  process.once('exit', restore);
  const instance = render(
    <App
      services={services}
      start={start}
      onLeave={(kept) => {
        lines = kept;
      }}
    />,
    { exitOnCtrlC: false, patchConsole: false, maxFps: 15, isScreenReaderEnabled: isRead },
  );
  const hangUp = (): void => instance.unmount();
  const redraw = (): void => {
    if (!isRead) process.stdout.write(clear);
    instance.clear();
  };
  process.on('SIGTERM', hangUp);
  process.on('SIGHUP', hangUp);
  process.stdout.prependListener('resize', redraw);
  try {
    await instance.waitUntilExit();
  } finally {
    process.stdout.off('resize', redraw);
    process.off('SIGTERM', hangUp);
    process.off('SIGHUP', hangUp);
    process.off('exit', restore);
    restore();
    await services.close();
  }
  for (const line of [...services.commands().map((command) => `$ ${command}`), ...lines])
    process.stdout.write(`${line}\n`);
};
