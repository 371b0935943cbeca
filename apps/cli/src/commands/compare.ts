import { describePair } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { renderPair } from '../output/pair-lines.js';
import { type CommonOptions, withStore } from './common.js';

export const compare = async (first: string, second: string, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const pair = await describePair(store, [first, second]);
    output.data(pair);
    for (const line of renderPair(pair, process.stdout.columns)) output.line(line);
  });
};
