import { runNumber, wholeNumber } from './parsers.js';
import { type AddCommand, examples, withEngine } from './shared-options.js';

/** Commands that follow runs and steer them. */
export const addRunCommands = (command: AddCommand): void => {
  command('runs', 'list the runs, newest first')
    .option('--limit <n>', 'how many at most', wholeNumber(1), 20)
    .addHelpText('after', examples('regraft runs', 'regraft runs --json | jq .runs[0]'))
    .action(async (options) => (await import('../commands/runs.js')).runs(options));

  command('attach <run>', 'follow a run that goes on in the background; one that is over tells its result')
    .addHelpText('after', examples('regraft attach 3', 'regraft attach 3 --json'))
    .action(async (run: string, options) =>
      (await import('../commands/attach.js')).attach(runNumber(run), options),
    );

  command('stop <run>', 'stop a run at its next checkpoint')
    .addHelpText('after', examples('regraft stop 3'))
    .action(async (run: string, options) =>
      (await import('../commands/stop.js')).stop(runNumber(run), options),
    );

  withEngine(
    command(
      'resume <run>',
      'go on with a stopped or interrupted run, to the same weights as if it never stopped',
    ),
  )
    .option('--allow-different-engine', 'resume although the last bits will differ')
    .addHelpText('after', examples('regraft resume 3'))
    .action(async (run: string, options) =>
      (await import('../commands/resume.js')).resume(runNumber(run), options),
    );
};
