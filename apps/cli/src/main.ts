import { reportFailure } from './output/failure.js';
import { createProgram } from './program.js';

// React and Ink load what they need to be debugged unless told.
process.env.NODE_ENV ??= 'production';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe (`regraft runs | head`) or the terminal went away: nothing is left to say.
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0);
  throw error;
});

const asksNothing = process.argv.length === 2;
const isTerminal =
  process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.TERM !== 'dumb';

try {
  if (asksNothing && isTerminal) await (await import('./wizard/open-wizard.js')).openWizard();
  else {
    if (asksNothing) process.stderr.write('The wizard needs a terminal. Without one, use a command:\n\n');
    await createProgram().parseAsync(process.argv);
  }
} catch (error) {
  process.exitCode = reportFailure(error, { json: process.argv.includes('--json') });
}
