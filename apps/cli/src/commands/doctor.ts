import { diagnose } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderField } from '../output/run-summary.js';
import type { CommonOptions } from './common.js';

const marks = { good: paint.leaf('✔'), attention: paint.amber('▲'), bad: paint.red('✖') };

export const doctor = async (options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  const diagnosis = await diagnose({ store: options.store });
  output.data(diagnosis);
  for (const finding of diagnosis.findings) {
    output.line(` ${marks[finding.state]} ${finding.subject.padEnd(12)} ${finding.what}`);
    if (finding.advice) output.line(renderField('', `  ${paint.muted(finding.advice)}`));
  }
  if (diagnosis.findings.some(({ state }) => state === 'bad')) process.exitCode = 30;
};
