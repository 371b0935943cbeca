import { withFitOptions } from './fit-options.js';
import { wholeNumber } from './parsers.js';
import { type AddCommand, examples, withEngine } from './shared-options.js';

/** Commands that train. */
export const addTrainingCommands = (command: AddCommand): void => {
  withFitOptions(
    command('fit [data]', 'train a model on a folder of images, or on a CSV of path,label[,split]'),
  )
    .addHelpText(
      'after',
      examples(
        'regraft fit photos/',
        'regraft fit photos/ --depth auto',
        'regraft fit photos/ --unfreeze 2 --epochs 10 --name flowers',
        'regraft fit photos/ --unfreeze 4 --gradual --layer-decay 0.8 --ema 0.99',
        'regraft fit new-photos/ --from flowers --test held-out/',
        'regraft fit more-flowers/ --from flowers --head extend --replay 50',
      ),
    )
    .action(async (data: string | undefined, options) =>
      (await import('../commands/fit.js')).fit(data, options),
    );

  withEngine(command('lr-find <data>', 'try learning rates on a few mini-batches, and suggest one for fit'))
    .option('--backbone <name>', 'a catalogue name or the path of a weight file')
    .option('--from <version>', 'a stored version instead of a backbone')
    .option('--unfreeze <blocks>', 'the blocks that train, as for fit')
    .option('--batch-size <n>', 'images in a mini-batch', wholeNumber(1))
    .option('--seed <n>', 'the seed of the split and the order', wholeNumber(0))
    .option('--svg <file>', 'also draw the curve into this file')
    .addHelpText(
      'after',
      examples(
        'regraft lr-find photos/ --unfreeze 2',
        'regraft lr-find photos/ --from flowers --unfreeze all --svg rates.svg',
        'regraft lr-find photos/ --unfreeze 2 --json | jq .suggestion',
      ),
    )
    .action(async (data: string, options) => (await import('../commands/lr-find.js')).lrFind(data, options));
};
