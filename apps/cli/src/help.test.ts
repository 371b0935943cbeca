import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createProgram } from './program.js';
import { runCli } from './testing/run-cli.js';

const bin = fileURLToPath(new URL('../bin/regraft.js', import.meta.url));

test('--help and --version answer without loading TensorFlow, sharp, onnxruntime or the store', () => {
  const listLoaded = `
    process.on('exit', () => {
      const loaded = [...Object.keys(require.cache), ...process.report.getReport().sharedObjects];
      process.stderr.write(JSON.stringify(loaded.filter((path) => /tensorflow|sharp|onnxruntime|libsql|[\\\\/]zod[\\\\/]/.test(path))));
    });`;
  for (const flag of ['--help', '--version', 'fit --help']) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,import{createRequire}from'node:module';const require=createRequire(${JSON.stringify(bin)});${encodeURIComponent(listLoaded)}`,
        bin,
        ...flag.split(' '),
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(4);
    expect(JSON.parse(stderr)).toEqual([]);
  }
});

test('commands stand in groups, those to begin with first, and none outside of them', () => {
  const headings = [
    ...createProgram()
      .helpInformation()
      .matchAll(/^(\S.*):$/gm),
  ].map(([, heading]) => heading);
  expect(headings).toEqual([
    'Options',
    'Begin',
    'Train',
    'Judge',
    'Use what is stored',
    'Follow runs',
    'Look after the rest',
  ]);
});

test('every command has a description, examples, --json and --store', () => {
  const leaves = createProgram().commands.flatMap((command) =>
    command.commands.length > 0 ? [...command.commands] : [command],
  );
  const names = leaves.map((command) => command.name());
  expect(names).toEqual(
    expect.arrayContaining([
      'fit',
      'lr-find',
      'evaluate',
      'predict',
      'watch',
      'resume',
      'attach',
      'compare',
      'delete',
      'stop',
      'runs',
      'show',
      'versions',
      'alias',
      'promote',
      'list',
      'pull',
      'install',
      'remove',
      'check',
      'gc',
      'path',
      'demo',
      'doctor',
    ]),
  );
  for (const command of leaves) {
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    expect(help, command.name()).toMatch(/Examples:\n {2}\$ /);
    expect(help, command.name()).toContain('--json');
    expect(help, command.name()).toContain('--store');
  }
});

test('wrong usage exits with 2 and says what is possible', async () => {
  const unknown = await runCli(['fti', 'photos']);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("unknown command 'fti'");
  expect(unknown.stderr).toContain('Did you mean fit?');
  const invalid = await runCli(['fit', 'photos', '--epochs', 'many', '--json']);
  expect(invalid.exitCode).toBe(2);
  expect(invalid.json()[0]).toMatchObject({ error: { code: 'usage-invalid' } });
});
