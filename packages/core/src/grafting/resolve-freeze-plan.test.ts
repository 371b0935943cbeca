import { describe, expect, test } from 'vitest';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import {
  type FreezePlan,
  freezeAllButHead,
  freezePlanSchema,
  unfreezeAll,
  unfreezeFrom,
  unfreezeLast,
  withLayerDecay,
} from './freeze-plan.js';
import { graft } from './graft.js';
import { replaceHead } from './head-plan.js';
import { plannedWeights } from './trained-weights.js';

await useBackend('cpu');
const backbone = await tinyBackbone();
const names = [...backbone.blocks.map(({ name }) => name), 'head'];
const plan = (freeze: FreezePlan) => graft(backbone, { head: replaceHead(['a', 'b']), freeze });

describe('resolveFreezePlan', () => {
  test.each([
    [freezeAllButHead(), 5],
    [unfreezeFrom('head'), 5],
    [unfreezeLast(0), 5],
    [unfreezeLast(2), 3],
    [unfreezeFrom('block-2'), 2],
    [unfreezeLast(5), 0],
    [unfreezeAll(), 0],
  ])('%o trains from block %i', (freeze, first) => {
    const resolved = plan(freezePlanSchema.parse(freeze)).plan;
    expect(resolved.frozen).toEqual(names.slice(0, first));
    expect(resolved.trained).toEqual(names.slice(first));
    expect(resolved.cut).toBe(
      first === 0 ? backbone.network.nodes[0]!.name : backbone.blocks[first - 1]!.output,
    );
    expect(Object.keys(resolved.learningRates)).toEqual(names.slice(first));
  });

  test.each([
    [unfreezeFrom('blok-2'), /Received: "blok-2"/, /Did you mean block-2/],
    [unfreezeLast(6), /0 to 5 can train. Received: 6/, /unfreezeAll/],
    [unfreezeLast(1.5), /Received: 1.5/, /unfreezeAll/],
    [unfreezeFrom('head-conv', { 'block-1': 0.1 }), /"block-1", which is frozen/, /head-conv, head/],
    [unfreezeAll({ steem: 0.1 }), /"steem"/, /Did you mean stem/],
    [unfreezeAll({ stem: 0 }), /0 for "stem"/, /freeze it/],
    [withLayerDecay(unfreezeAll(), 0), /share above 0, at most 1. Received: 0/, /freeze them/],
    [withLayerDecay(unfreezeAll(), 1.1), /Received: 1.1/, /freeze them/],
  ])('refuses %o', (freeze, message, hint) => {
    expect(() => plan(freeze)).toThrow(
      expect.objectContaining({
        code: 'recipe-invalid',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    );
  });
});

test('a layer decay multiplies from block to block below the head; a named rate stands in its place', () => {
  const freeze = freezePlanSchema.parse(withLayerDecay(unfreezeLast(3, { 'block-3': 0.3 }), 0.5));
  expect(plan(freeze).plan.learningRates).toEqual({
    'block-2': 0.125,
    'block-3': 0.3,
    'head-conv': 0.5,
    head: 1,
  });
});

describe('plannedWeights', () => {
  test('every weight either trains, or is frozen; moving statistics are unless trained', () => {
    const model = plan(unfreezeFrom('head-conv', { 'head-conv': 0.1 }));
    const { learningRates, frozen } = plannedWeights(model);
    const headConv = [...learningRates.keys()].filter((name) => !name.startsWith('head/'));
    expect(headConv.map((name) => name.split('/')[1])).toEqual(['kernel', 'gamma', 'beta']);
    expect(headConv.map((name) => learningRates.get(name))).toEqual([0.1, 0.1, 0.1]);
    expect(learningRates.get('head/dense/kernel')).toBe(1);
    expect(frozen.length + learningRates.size).toBe(model.network.weights.size);
    const moving = frozen.filter((name) => !plannedWeights(model, 'train').frozen.includes(name));
    expect(moving.map((name) => name.split('/')[1])).toEqual(['mean', 'variance']);
  });
});
