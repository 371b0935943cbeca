import { type Command, Option } from 'commander';
import { share, wholeNumber } from './parsers.js';
import { type AddCommand, examples, withEngine } from './shared-options.js';

/** The options of commands that label images. */
const withAnswers = (command: Command): Command =>
  withEngine(command)
    .option('--top <n>', 'labels shown for each image', wholeNumber(1), 3)
    .addOption(
      new Option(
        '--accuracy <share>',
        'say "not sure" so often that this share of the answers is right (default: 0.95 where it can be kept)',
      )
        .argParser(share)
        .conflicts('always'),
    )
    .option('--always', 'always name a label: never "not sure" or "none of these"');

/** Commands that use what is stored. */
export const addUseCommands = (command: AddCommand): void => {
  withAnswers(
    command('predict <versions> <files...>', 'label images with a version, or with several (v1,v2)'),
  )
    .addHelpText(
      'after',
      examples(
        'regraft predict champion photo.jpg',
        'regraft predict v3 inbox/ --accuracy 0.9',
        'regraft predict v1,v2 photo.jpg --json',
      ),
    )
    .action(async (version: string, files: string[], options) =>
      (await import('../commands/predict.js')).predict(version, files, options),
    );

  withAnswers(
    command(
      'watch <version> [folder]',
      'label each new image of a folder as it appears; without a folder, each file named on standard input',
    ),
  )
    .addHelpText(
      'after',
      `
The version is loaded once, so an answer takes a fraction of a second. With --json each line has the answers to the
images that came together, as regraft predict gives them; the first line, without any, says that it is ready.
${examples(
  'regraft watch champion inbox/',
  'regraft watch v3 inbox/ --json',
  "find photos -name '*.jpg' | regraft watch v3",
)}`,
    )
    .action(async (version: string, folder: string | undefined, options) =>
      (await import('../commands/watch.js')).watch(version, folder, options),
    );

  command('versions', 'list the stored versions, newest first')
    .option('--limit <n>', 'how many at most', wholeNumber(1), 20)
    .addHelpText('after', examples('regraft versions'))
    .action(async (options) => (await import('../commands/versions.js')).versions(options));

  command('show <run-or-version>', 'all about a run (3) or a version (v3, a name, an alias)')
    .addHelpText('after', examples('regraft show 3', 'regraft show champion'))
    .action(async (reference: string, options) =>
      (await import('../commands/show.js')).show(reference, options),
    );

  command(
    'compare <version> <other>',
    'two versions side by side: labels, accuracy, what learned, and their recipes',
  )
    .addHelpText('after', examples('regraft compare v1 v2', 'regraft compare champion v3 --json'))
    .action(async (first: string, second: string, options) =>
      (await import('../commands/compare.js')).compare(first, second, options),
    );

  command('alias [name] [version]', 'give a version a movable name; without arguments, list the names')
    .option('--delete', 'remove the name')
    .option('--history', 'where the name stood, who moved it, what was measured before and why')
    .addHelpText(
      'after',
      examples(
        'regraft alias champion v3',
        'regraft alias --history champion',
        'regraft alias --delete champion',
        'regraft alias',
      ),
    )
    .action(async (name: string | undefined, version: string | undefined, options) =>
      (await import('../commands/alias.js')).alias(name, version, options),
    );

  command('delete <version>', 'delete a version for good; what was trained from it stays')
    .option('--yes', 'ask nothing')
    .option('--force', 'also where a name, a version trained from it or a run under way holds it')
    .addHelpText('after', examples('regraft delete v3', 'regraft delete v3 --yes --json'))
    .action(async (reference: string, options) =>
      (await import('../commands/delete.js')).deleteStored(reference, options),
    );
};
