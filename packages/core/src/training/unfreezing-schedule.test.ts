import { describe, expect, test } from 'vitest';
import { unfreezeLast, withLayerDecay } from '../grafting/freeze-plan.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { plannedWeights } from '../grafting/trained-weights.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { range } from './example-source.js';
import { parseTrainingOptions } from './training-options.js';
import { openBlocks, unfreezingSchedule } from './unfreezing-schedule.js';

test.each([
  [10, 3, [1, 2, 3, 3, 3, 3, 3, 3, 3, 3]],
  [4, 2, [1, 2, 2, 2]],
  [6, 17, [6, 12, 17, 17, 17, 17]],
  [3, 3, [2, 3, 3]],
  [1, 5, [5]],
])('over %i epochs %i blocks join from the top, and all train in the second half', (epochs, blocks, open) => {
  expect(range(1, epochs + 1).map((epoch) => openBlocks(epoch, { epochs, blocks }))).toEqual(open);
});

describe('unfreezingSchedule', async () => {
  await useBackend('cpu');
  const freeze = withLayerDecay(unfreezeLast(2), 0.5);
  const model = graft(await tinyBackbone(), { head: replaceHead(['a', 'b']), freeze });
  const { network, blocks } = model;
  const planned = plannedWeights(model).learningRates;
  const schedule = (unfreezing: 'gradual' | 'together') =>
    unfreezingSchedule(model, parseTrainingOptions({ unfreezing, epochs: 4 }), network.weights);

  test('gradual: the head and the block below it, then the next one too, each at the rate of the plan', () => {
    const { ratesAt, completeFrom } = schedule('gradual');
    expect(completeFrom).toBe(2);
    const lower = blocks.find(({ name }) => name === 'block-3')!.nodes;
    const isLower = (weight: string) => lower.some((node) => weight.startsWith(`${node.split('-').at(-1)}/`));
    const upper = [...planned].filter(([name]) => name.startsWith('head/') || !isLower(name));
    expect(upper.length).toBeLessThan(planned.size);
    expect(upper.map(([, rate]) => rate)).toEqual(expect.arrayContaining([0.5, 1]));
    expect([...ratesAt(1)]).toEqual(upper);
    expect([...ratesAt(2)]).toEqual([...planned]);
    expect(ratesAt(4)).toBe(ratesAt(2));
  });

  test('together: all from the first epoch', () => {
    const { ratesAt, completeFrom } = schedule('together');
    expect(completeFrom).toBe(1);
    expect(ratesAt(1)).toEqual(planned);
  });
});
