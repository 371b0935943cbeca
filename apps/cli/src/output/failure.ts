import { RegraftError } from '@regraft/errors';
import { CommanderError } from 'commander';
import { paint } from './paint.js';

const usageExitCode = 2;
const defectExitCode = 1;

const asRegraftError = (error: unknown): RegraftError | undefined => {
  if (RegraftError.isInstance(error)) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new RegraftError({ code: 'cancelled', message: 'Stopped before the end.', cause: error });
  }
  return undefined;
};

/**
 * Prints a failure for people (stderr) or machines (one JSON line on stdout) and gives the exit code:
 * that of the error's code, 2 for wrong usage, 1 for a defect.
 */
export const reportFailure = (error: unknown, { json }: { json: boolean }): number => {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0 && json) {
      const message = error.message.replace(/^error: /, '');
      process.stdout.write(`${JSON.stringify({ error: { code: 'usage-invalid', message } })}\n`);
    }
    return error.exitCode === 0 ? 0 : usageExitCode;
  }
  const known = asRegraftError(error);
  if (json) {
    const failure = known?.toJSON() ?? { code: 'defect', message: String(error) };
    process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
  } else if (known) {
    process.stderr.write(`${paint.red('✖')} ${known.message}\n`);
    if (known.hint) process.stderr.write(`  ${known.hint}\n`);
  }
  if (known) {
    if (process.env.REGRAFT_DEBUG) process.stderr.write(`${known.stack}\n`);
    return known.outcome.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${paint.red('✖')} This is a defect in Regraft, not in what you did.\n${stack}\n`);
  return defectExitCode;
};
