import { findStore, formatBytes, formatQuantity } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { type CommonOptions, withStore } from './common.js';

export const checkStore = async (options: CommonOptions & { dryRun?: boolean }): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const report = await store.check({ repair: options.dryRun !== true });
    output.data(report);
    for (const problem of report.problems) {
      output.line(`${problem.repaired ? paint.leaf('✔ mended') : paint.red('✖ found')}  ${problem.what}`);
    }
    const open = report.problems.filter(({ repaired }) => !repaired).length;
    output.line(
      report.problems.length === 0
        ? `${paint.leaf('✔')} The store is whole: ${formatQuantity(report.checked.blobs + report.checked.shards, 'file')} verified, ${formatBytes(report.checked.bytes)}.`
        : `${formatQuantity(report.problems.length, 'problem')}, ${formatQuantity(open, 'problem')} left.`,
    );
    if (open > 0) process.exitCode = 44;
  });
};

export const collectGarbage = async (options: CommonOptions & { dryRun?: boolean }): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const report = await store.gc({ dryRun: options.dryRun === true });
    output.data(report);
    for (const { kind, name, bytes } of report.removed) {
      output.line(`${paint.muted(kind.padEnd(12))} ${name}  ${formatBytes(bytes)}`);
    }
    const verb = options.dryRun ? 'would be freed' : 'freed';
    output.line(`${formatBytes(report.bytes)} ${verb} (${formatQuantity(report.removed.length, 'file')}).`);
  });
};

export const printPath = async (options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  const path = findStore(options.store);
  output.data({ path });
  output.line(path);
};
