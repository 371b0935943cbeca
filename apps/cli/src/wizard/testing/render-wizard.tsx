import { render } from 'ink-testing-library';
import { expect, vi } from 'vitest';
import { App } from '../app.js';
import type { Route } from '../navigation.js';
import type { WizardServices } from '../services.js';

const keys = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
} as const;

export interface RenderedWizard {
  /** The screen as text. */
  screen(): string;
  /** Waits until the screen shows something. */
  shows(what: string | RegExp): Promise<void>;
  press(...names: (keyof typeof keys)[]): Promise<void>;
  type(text: string): Promise<void>;
  /** What stays in the terminal; null until the wizard was left. */
  left(): readonly string[] | null;
}

/** Ink tells a lone Esc from the start of a longer key by waiting; a new screen listens a moment after it is drawn. */
const pause = 40;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pause));

/** The wizard on services of a test, 100 columns wide, with keys to press. */
export const renderWizard = (services: WizardServices, start?: Route): RenderedWizard => {
  let left: readonly string[] | null = null;
  let holders = 0;
  const holdKeys = (): (() => void) => {
    holders += 1;
    return () => {
      holders -= 1;
    };
  };
  const { lastFrame, stdin } = render(
    <App
      services={services}
      holdKeys={holdKeys}
      {...(start ? { start } : {})}
      onLeave={(lines) => {
        left = lines;
      }}
    />,
  );
  const screen = (): string => lastFrame() ?? '';
  // As the keyboard does: keys wait for a screen that isn't ready.
  const ready = async (): Promise<void> => {
    await settle();
    await vi.waitFor(() => expect(holders).toBe(0), { timeout: 5000, interval: 20 });
    await settle();
  };
  return {
    screen,
    shows: (what) =>
      vi.waitFor(() => expect(screen()).toMatch(typeof what === 'string' ? plain(what) : what), {
        timeout: 5000,
        interval: 20,
      }),
    press: async (...names) => {
      for (const name of names) {
        await ready();
        stdin.write(keys[name]);
        await settle();
      }
    },
    type: async (text) => {
      await ready();
      stdin.write(text);
      await settle();
    },
    left: () => left,
  };
};

/** Text as a pattern that any white space between its words matches: lines are wrapped. */
const plain = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\s+/)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  );
