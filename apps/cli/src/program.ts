import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAdviceCommands } from './program/advice-commands.js';
import { addGroupCommands } from './program/group-commands.js';
import { adderTo, examples } from './program/shared-options.js';
import { addTrainingCommands } from './program/training-commands.js';
import { addUseCommands } from './program/use-commands.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** The whole command line. Commands load their code when they run, so that `--help` loads none of it. */
export const createProgram = (): Command => {
  const program = new Command('regraft')
    .description('Put a new head on a trained image network, and know whether it was worth it.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      examples('regraft demo', 'regraft fit photos/', 'regraft predict champion photo.jpg'),
    );

  const command = adderTo(program);
  addTrainingCommands(command);
  addAdviceCommands(command);
  addUseCommands(command);
  addGroupCommands(program);

  command('demo', 'the whole story on drawings of four hands, in about a minute')
    .option('--keep <folder>', 'write the drawings here and leave them')
    .addHelpText('after', examples('regraft demo'))
    .action(async (options) => (await import('./commands/demo.js')).demo(options));

  command('doctor', 'engines, threads and the health of the store, and what to install for more')
    .addHelpText('after', examples('regraft doctor'))
    .action(async (options) => (await import('./commands/doctor.js')).doctor(options));

  return program;
};
