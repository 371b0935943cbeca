import { type Command, Option } from 'commander';
import { duration, positiveNumber, renaming, share, wholeNumber } from './parsers.js';
import { withEngine } from './shared-options.js';

/** What `regraft fit` can be told: for the command itself, and for a line of it that a person edits. */
export const withFitOptions = (command: Command): Command =>
  withEngine(command)
    .option(
      '--backbone <name>',
      'a catalogue name or the path of a weight file (see: regraft backbones list)',
    )
    .option('--from <version>', 'fine-tune a stored version instead of starting from a backbone')
    .addOption(
      new Option(
        '--head <how>',
        'with --from: what becomes of the head (default: keep if the labels are the same)',
      ).choices(['keep', 'replace', 'extend']),
    )
    .option(
      '--replay <n>',
      'with --from: old images of each class to train on again (default: 100 with --head extend, else 0)',
      wholeNumber(0),
    )
    .option(
      '--unfreeze <blocks>',
      'none (the default), all, a number of last blocks, or the first block to train',
    )
    .addOption(
      new Option('--depth <how>', 'auto: compare several depths on validation images, and keep the best')
        .choices(['auto'])
        .conflicts(['unfreeze', 'gradual', 'layerDecay']),
    )
    .option(
      '--budget <time>',
      'with --depth auto: time for comparing, as 90s, 5m or 1h (default 5m)',
      duration,
    )
    .addOption(
      new Option('--from-scratch', 'take the architecture alone, without what it has learned').conflicts([
        'depth',
        'gradual',
        'head',
        'layerDecay',
        'replay',
        'unfreeze',
      ]),
    )
    .option('--gradual', 'unfreeze block after block, from the top down')
    .option('--layer-decay <share>', 'each block learns at this share of the rate of the one above it', share)
    .option('--epochs <n>', 'passes over the training images', wholeNumber(1))
    .option('--batch-size <n>', 'images in a step', wholeNumber(1))
    .option(
      '--learning-rate <rate>',
      'the highest learning rate of the schedule (see: regraft lr-find)',
      positiveNumber,
    )
    .option('--ema <decay>', 'keep a moving average of the weights, with this decay (as 0.99)', share)
    .addOption(
      new Option('--mix <how>', 'with --unfreeze all: train on images mixed in pairs').choices([
        'mixup',
        'cutmix',
      ]),
    )
    .option('--augment [views]', 'train on this many altered views of each image (default 4)', wholeNumber(2))
    .option('--test <folder>', 'a separate test set: a folder with the same class folders')
    .option('--also <data>', 'a second data set, whose images and labels are added')
    .option('--rename <old=new...>', 'take a label of the data for another one', renaming)
    .option('--seed <n>', 'the seed of the split, the order and the weights', wholeNumber(0))
    .option('--name <name>', 'a name for the version')
    .option('--recipe <file>', 'a recipe as JSON; the other options override it')
    .option('--detach', 'start the run and return; it goes on in the background');
