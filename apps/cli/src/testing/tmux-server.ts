import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RegraftError } from '@regraft/errors';

const execute = promisify(execFile);

export interface TmuxServer {
  /** Runs tmux commands, separated by `;`, and gives what they print. */
  run(...words: readonly string[]): Promise<string>;
  /** Ends this server and the programs in it. */
  close(): Promise<void>;
}

const missing = (cause: unknown): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message: 'A terminal for tests needs tmux on the PATH. Received: no tmux',
    hint: 'Install it: apt-get install tmux, or brew install tmux',
    cause,
  });

/**
 * A tmux on a socket of its own, which neither reads the user's settings nor sees their sessions. The first command
 * that makes a session starts it.
 *
 * @throws RegraftError `usage-invalid` from `run` where tmux isn't on the PATH
 */
export const createTmuxServer = async (environment: NodeJS.ProcessEnv): Promise<TmuxServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'regraft-terminal-'));
  const place = ['-u', '-f', '/dev/null', '-S', join(folder, 'socket')];
  const run = async (...words: readonly string[]): Promise<string> => {
    try {
      return (await execute('tmux', [...place, ...words], { env: environment })).stdout;
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(error) : error;
    }
  };
  const close = async (): Promise<void> => {
    try {
      await run('kill-server');
    } catch {
      // There is no server any more, or never was.
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  return { run, close };
};
