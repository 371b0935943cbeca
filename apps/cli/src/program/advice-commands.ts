import { duration, percentPoints, renamingOrAuto, wholeNumber } from './parsers.js';
import { type AddCommand, examples, withEngine } from './shared-options.js';

/** Commands that judge a version. */
export const addAdviceCommands = (command: AddCommand): void => {
  withEngine(
    command(
      'advise <version> <data> [also]',
      'should a version be fine-tuned on new images, how deep, and is it worth it?',
    ),
  )
    .option('--budget <time>', 'time for comparing, as 90s, 5m or 1h (default 5m)', duration)
    .option('--test <folder>', 'a separate test set: a folder with the same class folders')
    .option(
      '--rename <old=new...>',
      'take a label of the data for one of the version; auto: those that differ in capitals, separators or the plural',
      renamingOrAuto,
    )
    .option('--epochs <n>', 'passes over the training images, of each arm', wholeNumber(1))
    .option('--seed <n>', 'the seed of the split, the order and the weights', wholeNumber(0))
    .option('--detach', 'start the run and return; it goes on in the background')
    .addHelpText(
      'after',
      examples(
        'regraft advise champion new-photos/',
        'regraft advise v3 new-photos/ --budget 20m',
        'regraft advise v3 new-photos/ --rename Ants=ants --json',
        'regraft advise v3 new-photos/ --rename auto',
        'regraft advise v3 city-photos/ forest-photos/',
      ),
    )
    .action(async (version: string, data: string, also: string | undefined, options) =>
      (await import('../commands/advise.js')).advise(version, data, also, options),
    );

  withEngine(command('evaluate <version> <data>', 'measure a version on a folder of images'))
    .addHelpText(
      'after',
      examples('regraft evaluate champion held-out/', 'regraft evaluate v3 photos/ --json'),
    )
    .action(async (version: string, data: string, options) =>
      (await import('../commands/evaluate.js')).evaluate(version, data, options),
    );

  withEngine(
    command(
      'inspect <run-or-version>',
      'what a model gets wrong, and which of its images may be to blame: wrong labels, copies, strangers',
    ),
  )
    .option('--top <n>', 'images named of each kind (default 5, in a report 24)', wholeNumber(1))
    .option('--html <file>', 'also write a report with the pictures, and heat maps of where the model looked')
    .option('--second-opinion <backbone>', 'judge the labels by the features of this backbone too')
    .option('--heat-map <files...>', 'with --html: further images to draw a heat map of')
    .addHelpText(
      'after',
      examples(
        'regraft inspect 3',
        'regraft inspect champion --html report.html',
        'regraft inspect champion --html report.html --heat-map a.jpg b.jpg',
        'regraft inspect champion --second-opinion efficientnet-lite0.imagenet',
        "regraft inspect 3 --json | jq -r '.labelErrors.images[].file'",
      ),
    )
    .action(async (reference: string, options) =>
      (await import('../commands/inspect.js')).inspect(reference, options),
    );

  withEngine(
    command(
      'promote <version> [alias]',
      'give a version a name (default: champion) if it is not worse than the version that has it',
    ),
  )
    .option(
      '--test <folder>',
      "the images to compare on (default: the test split of the current version's data, else of the new one's)",
    )
    .option('--margin <points>', 'how many points fewer right still count as no worse', percentPoints, 1)
    .option('--force', 'promote it whatever was measured; needs --note')
    .option('--note <why>', 'with --force: why, for regraft alias --history')
    .addHelpText(
      'after',
      `
Both versions are asked the same images, and none that either has learned from. The name stays where it is if the new
version gets more than the margin fewer of them right. The interval says how sure that is and decides nothing: on the
few images most people have it would refuse nearly every version that is as good.
${examples(
  'regraft promote v3',
  'regraft promote v3 champion --test held-out/ --margin 2',
  'regraft promote v3 --force --note "the old one fails on night photos"',
)}`,
    )
    .action(async (version: string, alias: string | undefined, options) =>
      (await import('../commands/promote.js')).promote(version, alias, options),
    );
};
