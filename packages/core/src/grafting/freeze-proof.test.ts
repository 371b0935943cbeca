import { expect, test } from 'vitest';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { unfreezeFrom } from './freeze-plan.js';
import { freezeProof } from './freeze-proof.js';
import { graft } from './graft.js';
import { replaceHead } from './head-plan.js';
import { plannedWeights } from './trained-weights.js';

await useBackend('cpu');
const model = graft(await tinyBackbone(), {
  head: replaceHead(['a', 'b']),
  freeze: unfreezeFrom('head-conv'),
});

/** The network with one bit of one number of a weight flipped. */
const touched = (name: string) => {
  const weights = new Map(model.network.weights);
  const data = weights.get(name)!.data.slice();
  new Uint8Array(data.buffer)[0]! ^= 1;
  return { ...model.network, weights: weights.set(name, { shape: weights.get(name)!.shape, data }) };
};

test('training what is not frozen leaves the proof equal', async () => {
  const { learningRates, frozen } = plannedWeights(model);
  for (const name of learningRates.keys()) {
    const proof = await freezeProof(model, touched(name));
    expect(proof).toMatchObject({ tensors: frozen.length, equal: true, changed: [] });
    expect(proof.after).toBe(proof.before);
  }
});

test('one bit of any frozen tensor, moving statistics included, breaks it', async () => {
  const { frozen } = plannedWeights(model);
  expect(frozen.some((name) => name.endsWith('/mean'))).toBe(true);
  for (const name of frozen) {
    const proof = await freezeProof(model, touched(name));
    expect(proof).toMatchObject({ equal: false, changed: [name] });
    expect(proof.after).not.toBe(proof.before);
  }
});

test('a lost tensor breaks it', async () => {
  const weights = new Map(model.network.weights);
  const [name] = plannedWeights(model).frozen;
  weights.delete(name!);
  expect(await freezeProof(model, { ...model.network, weights })).toMatchObject({
    equal: false,
    changed: [name],
  });
});

test("statistics of a trained block may move when batch-norm was trained, a frozen block's may not", async () => {
  const { frozen } = plannedWeights(model);
  const still = plannedWeights(model, 'train').frozen;
  const moving = frozen.filter((name) => !still.includes(name));
  expect(moving).toHaveLength(2);
  for (const name of moving) expect((await freezeProof(model, touched(name), 'train')).equal).toBe(true);
  const mean = still.find((name) => name.endsWith('/mean'))!;
  expect((await freezeProof(model, touched(mean), 'train')).equal).toBe(false);
});
