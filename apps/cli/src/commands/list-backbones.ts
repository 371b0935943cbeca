import { listBackbones as findBackbones, formatCount } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderTable } from '../output/table.js';
import type { CommonOptions } from './common.js';

export const listBackbones = async (options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  const backbones = await findBackbones();
  output.data({ backbones });
  const lines = renderTable(backbones, [
    { title: 'backbone', value: ({ spec }) => spec.id },
    { title: 'weights', value: ({ spec }) => formatCount(spec.parameters), align: 'right' },
    { title: 'input', value: ({ spec }) => `${spec.preprocessing.size[0]} px`, align: 'right' },
    { title: 'trained on', value: ({ spec }) => spec.pretrainedOn },
    { title: 'licence', value: ({ spec }) => spec.licence },
    {
      title: 'here',
      value: ({ spec, availability }) =>
        availability === 'pullable' ? `no: regraft backbones pull ${spec.id}` : paint.leaf('yes'),
    },
  ]);
  for (const line of lines) output.line(line);
};
