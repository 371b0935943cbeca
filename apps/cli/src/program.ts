import { createRequire } from 'node:module';
import { Command, InvalidArgumentError, Option } from 'commander';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const wholeNumber =
  (minimum: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${minimum}.`);
    }
    return value;
  };

const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === '') {
    throw new InvalidArgumentError('It must be a number of at least 0.');
  }
  return value;
};

const share = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number above 0 and at most 1.');
  }
  return value;
};

const secondsOf = { s: 1, m: 60, min: 60, h: 3600 } as const;

/** Seconds, of `90`, `90s`, `5m` or `1h`. */
const duration = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(number) * secondsOf[unit as keyof typeof secondsOf];
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a time, as 90s, 5m or 1h.');
};

const percentPoints = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 100) || text.trim() === '') {
    throw new InvalidArgumentError('It must be a number of points from 0 to 100.');
  }
  return value;
};

/** Labels with other names, each as `old=new`. */
const renaming = (text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const [, from, to] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be old=new.');
  return { ...before, [from]: to };
};

/** The options of every command that trains or predicts. */
const withEngine = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--engine <name>',
        'what trains (default: REGRAFT_ENGINE, else the fastest here; see: regraft engine list)',
      ).choices(['native', 'wasm', 'cpu']),
    )
    .option(
      '--threads <n>',
      'threads of the native engine (default: REGRAFT_THREADS, else all)',
      wholeNumber(1),
    );

const runNumber = wholeNumber(1);

const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;

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

  const command = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--json', 'print JSON for machines: one object, or NDJSON events with the result last')
      .option(
        '--store <folder>',
        'the model store (default: REGRAFT_STORE, else the nearest .regraft/ upward)',
      );

  withEngine(command('fit [data]', 'train a model on a folder of images, or on a CSV of path,label[,split]'))
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
    .option('--from-scratch', 'take the architecture alone, without what it has learned')
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
    .option('--detach', 'start the run and return; it goes on in the background')
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
      (await import('./commands/fit.js')).fit(data, options),
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
    .action(async (data: string, options) => (await import('./commands/lr-find.js')).lrFind(data, options));

  withEngine(
    command(
      'advise <version> <data> [also]',
      'should a version be fine-tuned on new images, how deep, and is it worth it?',
    ),
  )
    .option('--budget <time>', 'time for comparing, as 90s, 5m or 1h (default 5m)', duration)
    .option('--test <folder>', 'a separate test set: a folder with the same class folders')
    .option('--rename <old=new...>', 'take a label of the data for one of the version', renaming)
    .option('--epochs <n>', 'passes over the training images, of each arm', wholeNumber(1))
    .option('--seed <n>', 'the seed of the split, the order and the weights', wholeNumber(0))
    .option('--detach', 'start the run and return; it goes on in the background')
    .addHelpText(
      'after',
      examples(
        'regraft advise champion new-photos/',
        'regraft advise v3 new-photos/ --budget 20m',
        'regraft advise v3 new-photos/ --rename Ants=ants --json',
        'regraft advise v3 city-photos/ forest-photos/',
      ),
    )
    .action(async (version: string, data: string, also: string | undefined, options) =>
      (await import('./commands/advise.js')).advise(version, data, also, options),
    );

  withEngine(command('evaluate <version> <data>', 'measure a version on a folder of images'))
    .addHelpText(
      'after',
      examples('regraft evaluate champion held-out/', 'regraft evaluate v3 photos/ --json'),
    )
    .action(async (version: string, data: string, options) =>
      (await import('./commands/evaluate.js')).evaluate(version, data, options),
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
      (await import('./commands/inspect.js')).inspect(reference, options),
    );

  withEngine(command('predict <versions> <files...>', 'label images with a version, or with several (v1,v2)'))
    .option('--top <n>', 'labels shown for each image', wholeNumber(1), 3)
    .addOption(
      new Option(
        '--accuracy <share>',
        'say "not sure" so often that this share of the answers is right (default: 0.95 where it can be kept)',
      )
        .argParser(share)
        .conflicts('always'),
    )
    .option('--always', 'always name a label: never "not sure" or "none of these"')
    .addHelpText(
      'after',
      examples(
        'regraft predict champion photo.jpg',
        'regraft predict v3 inbox/*.jpg --accuracy 0.9',
        'regraft predict v1,v2 photo.jpg --json',
      ),
    )
    .action(async (version: string, files: string[], options) =>
      (await import('./commands/predict.js')).predict(version, files, options),
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
      (await import('./commands/resume.js')).resume(runNumber(run), options),
    );

  command('stop <run>', 'stop a run at its next checkpoint')
    .addHelpText('after', examples('regraft stop 3'))
    .action(async (run: string, options) =>
      (await import('./commands/stop.js')).stop(runNumber(run), options),
    );

  command('runs', 'list the runs, newest first')
    .option('--limit <n>', 'how many at most', wholeNumber(1), 20)
    .addHelpText('after', examples('regraft runs', 'regraft runs --json | jq .runs[0]'))
    .action(async (options) => (await import('./commands/runs.js')).runs(options));

  command('show <run-or-version>', 'all about a run (3) or a version (v3, a name, an alias)')
    .addHelpText('after', examples('regraft show 3', 'regraft show champion'))
    .action(async (reference: string, options) =>
      (await import('./commands/show.js')).show(reference, options),
    );

  command('versions', 'list the stored versions, newest first')
    .option('--limit <n>', 'how many at most', wholeNumber(1), 20)
    .addHelpText('after', examples('regraft versions'))
    .action(async (options) => (await import('./commands/versions.js')).versions(options));

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
      (await import('./commands/promote.js')).promote(version, alias, options),
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
      (await import('./commands/alias.js')).alias(name, version, options),
    );

  const group = (name: string, description: string) => {
    const parent = program.command(name).description(description);
    return (usage: string, text: string): Command =>
      parent
        .command(usage)
        .description(text)
        .option('--json', 'print one JSON object')
        .option('--store <folder>', 'the model store');
  };

  const backbones = group('backbones', 'the pretrained networks to start from');
  backbones('list', 'what there is, and what is already here')
    .addHelpText('after', examples('regraft backbones list'))
    .action(async (options) => (await import('./commands/backbones.js')).listBackbones(options));
  backbones('show <name>', 'the facts of one: source, size, licence, blocks')
    .addHelpText('after', examples('regraft backbones show mobilenet-v2.openimages'))
    .action(async (name: string, options) =>
      (await import('./commands/backbones.js')).showBackbone(name, options),
    );
  backbones('pull <name>', 'fetch the weights of one, checked against its sha256')
    .addHelpText('after', examples('regraft backbones pull efficientnet-lite0.imagenet'))
    .action(async (name: string, options) =>
      (await import('./commands/backbones.js')).pullBackbone(name, options),
    );

  const engine = group('engine', 'what trains: native, wasm or cpu');
  engine('list', 'which engines are here, with version, threads and place')
    .addHelpText('after', examples('regraft engine list', 'regraft engine list --json'))
    .action(async (options) => (await import('./commands/engine.js')).listEngines(options));
  engine('install <name>', "build the native engine from TensorFlow's Python wheel, and try it")
    .addHelpText('after', examples('regraft engine install native'))
    .action(async (name: string, options) =>
      (await import('./commands/engine.js')).installEngine(name, options),
    );
  engine('remove <name>', 'remove the native engine that was built here')
    .addHelpText('after', examples('regraft engine remove native'))
    .action(async (name: string, options) =>
      (await import('./commands/engine.js')).removeEngine(name, options),
    );

  const store = group('store', 'look after the model store');
  store('check', 'verify every file and reference, and mend what can be mended')
    .option('--dry-run', 'only report')
    .addHelpText('after', examples('regraft store check'))
    .action(async (options) => (await import('./commands/store.js')).checkStore(options));
  store('gc', 'remove what nothing refers to')
    .option('--dry-run', 'list it, remove nothing')
    .addHelpText('after', examples('regraft store gc --dry-run'))
    .action(async (options) => (await import('./commands/store.js')).collectGarbage(options));
  store('path', 'print where the store is')
    .addHelpText('after', examples('du -sh "$(regraft store path)"'))
    .action(async (options) => (await import('./commands/store.js')).printPath(options));

  command('demo', 'the whole story on drawings of four hands, in about a minute')
    .option('--keep <folder>', 'write the drawings here and leave them')
    .addHelpText('after', examples('regraft demo'))
    .action(async (options) => (await import('./commands/demo.js')).demo(options));

  command('doctor', 'engines, threads and the health of the store, and what to install for more')
    .addHelpText('after', examples('regraft doctor'))
    .action(async (options) => (await import('./commands/doctor.js')).doctor(options));

  return program;
};
