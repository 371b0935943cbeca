import { RegraftError } from '@regraft/errors';
import { type FitFlags, parseRecipe, type Recipe, recipeFromFlags } from '@regraft/studio';
import { Command, CommanderError } from 'commander';
import { splitWords } from '../output/split-words.js';
import { withFitOptions } from './fit-options.js';

const wrong = (received: string, cause?: unknown): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message: `The line must be a regraft fit command. Received: ${received}`,
    hint: 'See what is possible with: regraft fit --help',
    cause,
  });

/**
 * The recipe that a line means which is typed as `regraft fit` in a shell.
 *
 * @throws RegraftError `usage-invalid`, `recipe-invalid`
 * @example parseFitLine('regraft fit photos/ --unfreeze 2')
 */
export const parseFitLine = (line: string): Recipe => {
  const [program, name, ...words] = splitWords(line);
  if (program !== 'regraft' || name !== 'fit') throw wrong(line.trim() === '' ? 'nothing' : line);
  const command = withFitOptions(new Command('fit').argument('[data]'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    command.parse(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw wrong(error.message.replace(/^error: /, ''), error);
    throw error;
  }
  const [data] = command.args;
  if (data === undefined) throw wrong('no folder of images');
  return parseRecipe(recipeFromFlags(data, command.opts<FitFlags>()));
};
