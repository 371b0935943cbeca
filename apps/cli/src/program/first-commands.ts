import { type AddCommand, examples } from './shared-options.js';

/** Commands to begin with. */
export const addFirstCommands = (command: AddCommand): void => {
  command('demo', 'the whole story on drawings of four hands, in about a minute')
    .option('--keep <folder>', 'write the drawings here and leave them')
    .addHelpText('after', examples('regraft demo'))
    .action(async (options) => (await import('../commands/demo.js')).demo(options));

  command('doctor', 'engines, threads and the health of the store, and what to install for more')
    .addHelpText('after', examples('regraft doctor'))
    .action(async (options) => (await import('../commands/doctor.js')).doctor(options));
};
