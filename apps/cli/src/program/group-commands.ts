import type { Command } from 'commander';
import { examples, groupIn } from './shared-options.js';

/** Backbones, engines and the store: groups of commands. */
export const addGroupCommands = (program: Command): void => {
  const backbones = groupIn(program, 'backbones', 'the pretrained networks to start from');
  backbones('list', 'what there is, and what is already here')
    .addHelpText('after', examples('regraft backbones list'))
    .action(async (options) => (await import('../commands/list-backbones.js')).listBackbones(options));
  backbones('show <name>', 'the facts of one: source, size, licence, blocks')
    .addHelpText('after', examples('regraft backbones show mobilenet-v2.openimages'))
    .action(async (name: string, options) =>
      (await import('../commands/backbones.js')).showBackbone(name, options),
    );
  backbones('pull <name>', 'fetch the weights of one, checked against its sha256')
    .addHelpText('after', examples('regraft backbones pull efficientnet-lite0.imagenet'))
    .action(async (name: string, options) =>
      (await import('../commands/backbones.js')).pullBackbone(name, options),
    );

  const engine = groupIn(program, 'engine', 'what trains: native, wasm or cpu');
  engine('list', 'which engines are here, with version, threads and place')
    .addHelpText('after', examples('regraft engine list', 'regraft engine list --json'))
    .action(async (options) => (await import('../commands/engine.js')).listEngines(options));
  engine('install <name>', "build the native engine from TensorFlow's Python wheel, and try it")
    .addHelpText('after', examples('regraft engine install native'))
    .action(async (name: string, options) =>
      (await import('../commands/engine.js')).installEngine(name, options),
    );
  engine('remove <name>', 'remove the native engine that was built here')
    .addHelpText('after', examples('regraft engine remove native'))
    .action(async (name: string, options) =>
      (await import('../commands/engine.js')).removeEngine(name, options),
    );

  const store = groupIn(program, 'store', 'look after the model store');
  store('check', 'verify every file and reference, and mend what can be mended')
    .option('--dry-run', 'only report')
    .addHelpText('after', examples('regraft store check'))
    .action(async (options) => (await import('../commands/store.js')).checkStore(options));
  store('gc', 'remove what nothing refers to')
    .option('--dry-run', 'list it, remove nothing')
    .addHelpText('after', examples('regraft store gc --dry-run'))
    .action(async (options) => (await import('../commands/store.js')).collectGarbage(options));
  store('path', 'print where the store is')
    .addHelpText('after', examples('du -sh "$(regraft store path)"'))
    .action(async (options) => (await import('../commands/store.js')).printPath(options));
};
