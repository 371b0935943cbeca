import { setTimeout as sleep } from 'node:timers/promises';
import { terminalEnvironment } from './terminal-environment.js';
import { createTmuxServer } from './tmux-server.js';

const pollMilliseconds = 40;

export interface TerminalOptions {
  /** The program and its arguments, started without a shell. */
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** On top of what `terminalEnvironment` gives. */
  readonly env?: NodeJS.ProcessEnv;
  readonly columns: number;
  readonly rows: number;
}

export interface WaitOptions {
  /** Milliseconds; 10 s where nothing is said. */
  readonly timeout?: number;
}

export interface Terminal {
  /** Sends characters as they are. */
  type(text: string): Promise<void>;
  /** Sends keys by tmux's names: `Enter`, `Escape`, `Up`, `BSpace`, `C-c`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Sends a text as a terminal does when it is pasted or a file is dropped: bracketed where the program asks for that. */
  paste(text: string): Promise<void>;
  /** What is seen now, a string a row. */
  screen(): Promise<string[]>;
  /** What is seen now with its SGR sequences; a style goes on into the next row until it is reset. */
  screenWithColours(): Promise<string[]>;
  /** Everything since the start that the terminal keeps, the screen included. */
  scrollback(): Promise<string[]>;
  /** The screen once it has a text; fails with the last screen where the text doesn't come or the program ends. */
  waitFor(expected: string | RegExp, options?: WaitOptions): Promise<string[]>;
  resize(columns: number, rows: number): Promise<void>;
  /** Waits for the program's end: its status, or 128 and the signal that ended it. */
  exitStatus(options?: WaitOptions): Promise<number>;
  cursorIsVisible(): Promise<boolean>;
  isAlternateScreen(): Promise<boolean>;
  /** Hangs up on the program and ends this terminal's tmux, no other. */
  close(): Promise<void>;
}

const settings = [
  ['default-terminal', 'tmux-256color'],
  ['history-limit', '20000'],
  ['status', 'off'],
].flatMap(([name, value]) => ['set-option', '-gq', name!, value!, ';']);

/** Keeps the terminal when the program has ended, without a word on the screen (which `remain-on-exit` would add). */
const keeper = ['sh', '-c', 'trap : INT QUIT; "$@"; tmux set-option @status $?; exec sleep 86400', 'sh'];

/** tmux ends a command at a word's last semicolon. */
const literally = (text: string): string => text.replace(/;$/, '\\;');

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

const shows = (lines: readonly string[], expected: string | RegExp): boolean => {
  const text = lines.join('\n');
  return typeof expected === 'string' ? text.includes(expected) : text.search(expected) !== -1;
};

/**
 * Starts a program in a real terminal: a tmux of its own, which knows nothing of the user's.
 *
 * @throws RegraftError `usage-invalid` where tmux isn't on the PATH
 * @example
 * const terminal = await openTerminal({ command: [process.execPath, bin], columns: 80, rows: 24 });
 * onTestFinished(() => terminal.close());
 */
export const openTerminal = async ({
  command,
  cwd = process.cwd(),
  env,
  columns,
  rows,
}: TerminalOptions): Promise<Terminal> => {
  const { run, close } = await createTmuxServer(terminalEnvironment(process.env, env));
  const ask = async (format: string): Promise<string> => (await run('display-message', '-p', format)).trim();
  const capture = async (...flags: readonly string[]): Promise<string[]> =>
    linesOf(await run('capture-pane', '-p', ...flags));
  /** Null while the program runs. */
  const statusNow = async (): Promise<number | null> => {
    const status = await ask('#{@status}');
    return status === '' ? null : Number(status);
  };
  const failWith = async (problem: string): Promise<never> => {
    throw new Error(`${problem} The screen:\n${(await capture()).join('\n').trimEnd()}`);
  };

  /** Asks again until there is an answer. */
  const poll = async <T>(
    { timeout = 10_000 }: WaitOptions = {},
    look: () => Promise<T | null>,
    problem: string,
  ): Promise<T> => {
    const end = Date.now() + timeout;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > end) return failWith(`After ${timeout} ms ${problem}.`);
      await sleep(pollMilliseconds);
    }
  };

  const session = ['new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', cwd];
  try {
    await run('start-server', ';', ...settings, ...session, '--', ...[...keeper, ...command].map(literally));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    type: async (text) => void (await run('send-keys', '-l', '--', literally(text))),
    press: async (...keys) => void (await run('send-keys', '--', ...keys)),
    paste: async (text) =>
      void (await run('set-buffer', '--', literally(text), ';', 'paste-buffer', '-p', '-r')),
    screen: () => capture(),
    screenWithColours: () => capture('-e'),
    scrollback: () => capture('-S', '-'),
    waitFor: (expected, options) =>
      poll(
        options,
        async () => {
          const status = await statusNow();
          const lines = await capture();
          if (shows(lines, expected)) return lines;
          return status === null ? null : failWith(`The program ended (${status}) without: ${expected}.`);
        },
        `the terminal doesn't show: ${expected}`,
      ),
    resize: async (width, height) =>
      void (await run('resize-window', '-x', String(width), '-y', String(height))),
    exitStatus: (options) => poll(options, statusNow, 'the program still runs'),
    cursorIsVisible: async () => (await ask('#{cursor_flag}')) === '1',
    isAlternateScreen: async () => (await ask('#{alternate_on}')) === '1',
    close,
  };
};
