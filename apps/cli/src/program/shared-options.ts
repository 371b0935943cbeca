import { type Command, Option } from 'commander';
import { wholeNumber } from './parsers.js';

/** The options of every command that trains or predicts. */
export const withEngine = (command: Command): Command =>
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

/** Command lines to copy, below the options. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;

/** Adds a command with the options that all have. */
export type AddCommand = (usage: string, description: string) => Command;

/** What adds commands to a program. */
export const adderTo =
  (program: Command): AddCommand =>
  (usage, description) =>
    program
      .command(usage)
      .description(description)
      .option('--json', 'print JSON for machines: one object, or NDJSON events with the result last')
      .option(
        '--store <folder>',
        'the model store (default: REGRAFT_STORE, else the nearest .regraft/ upward)',
      );

/** What adds commands to a group of them. */
export const groupIn = (program: Command, name: string, description: string): AddCommand => {
  const parent = program.command(name).description(description);
  return (usage, text) =>
    parent
      .command(usage)
      .description(text)
      .option('--json', 'print one JSON object')
      .option('--store <folder>', 'the model store');
};
