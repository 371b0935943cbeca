import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAdviceCommands } from './program/advice-commands.js';
import { addFirstCommands } from './program/first-commands.js';
import { addGroupCommands } from './program/group-commands.js';
import { addRunCommands } from './program/run-commands.js';
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
    .configureHelp({ sortSubcommands: false, minWidthToWrap: 24 })
    .addHelpText(
      'after',
      `\nWithout a command, in a terminal: the wizard, which asks.\n${examples('regraft', 'regraft demo', 'regraft fit photos/', 'regraft predict champion photo.jpg')}`,
    );

  const command = adderTo(program);
  program.commandsGroup('Begin:');
  addFirstCommands(command);
  program.commandsGroup('Train:');
  addTrainingCommands(command);
  program.commandsGroup('Judge:');
  addAdviceCommands(command);
  program.commandsGroup('Use what is stored:');
  addUseCommands(command);
  program.commandsGroup('Follow runs:');
  addRunCommands(command);
  program.commandsGroup('Look after the rest:');
  addGroupCommands(program);
  program.helpCommand(true);

  return program;
};
