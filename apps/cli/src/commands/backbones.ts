import { formatBytes, formatCount } from '@regraft/studio';
import * as models from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderField } from '../output/run-summary.js';
import { renderTable } from '../output/table.js';
import { type CommonOptions, interruptSignal } from './common.js';

export const showBackbone = async (name: string, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  const { spec, sha256, blocks, features } = await models.describeBackbone(name, {
    signal: interruptSignal(),
  });
  output.data({ spec, sha256, features, blocks });
  output.line(` ${paint.strong(spec.id)}  ${spec.title}`);
  output.line(renderField('trained on', spec.pretrainedOn));
  output.line(renderField('weights', `${formatCount(spec.parameters)}`));
  output.line(renderField('features', formatCount(features)));
  output.line(renderField('input', `${spec.preprocessing.size.join(' x ')} px`));
  output.line(renderField('licence', spec.licence));
  if (spec.paper) output.line(renderField('paper', spec.paper));
  output.line(renderField('sha256', sha256));
  output.line('');
  const lines = renderTable(blocks, [
    { title: 'block', value: (block) => block.name },
    { title: 'output', value: (block) => block.shape.join(' x ') },
    { title: 'weights', value: (block) => formatCount(block.parameters), align: 'right' },
  ]);
  for (const line of lines) output.line(`   ${line}`);
};

export const pullBackbone = async (name: string, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  let shown = 0;
  const pulled = await models.pullBackbone(name, {
    signal: interruptSignal(),
    onProgress: (done, total) => {
      if (output.live && performance.now() - shown > 100) {
        shown = performance.now();
        process.stdout.write(`\r${formatBytes(done)}${total ? ` of ${formatBytes(total)}` : ''}   `);
      }
    },
  });
  if (output.live) process.stdout.write('\r\u001b[K');
  output.data({ backbone: name, ...pulled });
  output.line(`${paint.leaf('✔')} ${name} is here. Use it with: regraft fit photos/ --backbone ${name}`);
};
