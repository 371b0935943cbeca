import { expect, test } from 'vitest';
import type { PairedDifference } from '../comparison/paired-difference.js';
import type { ArmSummary } from './arm-summary.js';
import { type Evidence, evidenceSchema } from './evidence.js';
import { recommend } from './recommend.js';
import { recommendationSchema } from './recommendation.js';

const metric = (value: number, n = 100) => ({
  value,
  low: value - 0.05,
  high: value + 0.05,
  n,
  method: 'score' as const,
});

const difference = (low: number, high: number, n = 100): PairedDifference => ({
  value: (low + high) / 2,
  low,
  high,
  standardError: (high - low) / 4,
  p: low > 0 || high < 0 ? 0.01 : 0.5,
  n,
  seeds: 1,
});

const arm = (name: string, blocks: number | null, accuracy: number, n = 100): ArmSummary => ({
  name,
  blocks,
  status: 'finished',
  epochs: 10,
  seconds: 4,
  train: metric(0.99),
  validation: metric(accuracy, n),
  test: null,
  gap: null,
});

/** Arms of which the first is chosen, each with the difference of its accuracy to the chosen one's. */
const compared = (
  arms: readonly ArmSummary[],
  differences: readonly PairedDifference[],
): Pick<Evidence, 'arms' | 'choice'> => ({
  arms: [...arms],
  choice: {
    chosen: arms[0]!.name,
    best: arms[0]!.name,
    reason: 'best',
    rule: 'one-standard-error',
    margin: 0.01,
    arms: arms.map(({ name, validation }, index) => ({
      name,
      accuracy: validation!.value!,
      tiesWithBest: index === 0,
      difference: index === 0 ? null : differences[index - 1]!,
      adjustedP: index === 0 ? null : differences[index - 1]!.p,
      verdict: index === 0 ? 'chosen' : 'no-evidence',
    })),
  },
});

const nothing: Evidence = {
  case: 'same-labels',
  start: 'v1',
  data: 'photos',
  images: { train: 400, validation: 100, test: 0 },
  labels: null,
  duplicates: null,
  drift: null,
  strangest: [],
  proportions: null,
  labelShift: null,
  asItIs: metric(0.7),
  atHome: metric(0.9),
  loss: { value: 0.2, low: 0.1, high: 0.3, n: [100, 100] },
  chance: 0.4,
  arms: [],
  choice: null,
  referee: null,
  forgetting: null,
  learningCurve: null,
  backbones: [],
  notTried: [],
};

const [keep, head] = [arm('keep', null, 0.7), arm('head', 0, 0.85)];
const last = arm('last-2', 2, 0.92);
const clear = difference(-0.2, -0.05);

const refereed = (low: number, high: number): Pick<Evidence, 'referee'> => ({
  referee: { arm: { ...arm('scratch', null, 0.6), seconds: 40 }, difference: difference(low, high) },
});

test.each<[string, Partial<Evidence>, object, string[]]>([
  [
    'does as well: kept',
    { loss: { value: 0.01, low: -0.05, high: 0.07, n: [100, 100] } },
    { kind: 'keep' },
    ['does-as-well'],
  ],
  ['nothing measured: kept', { loss: null, asItIs: null }, { kind: 'keep' }, ['too-few-to-tell']],
  [
    'the head is enough',
    compared([head, keep], [clear]),
    { kind: 'head-only' },
    ['does-worse', 'arm-better'],
  ],
  ['two blocks', compared([last, keep, head], [clear, clear]), { kind: 'last', blocks: 2 }, ['does-worse']],
  ['all blocks', compared([arm('all', 19, 0.95), keep], [clear]), { kind: 'all' }, ['does-worse']],
  [
    'no arm beats it: kept',
    compared([keep, head], [difference(-0.05, 0.05)]),
    { kind: 'keep' },
    ['arm-ties', 'does-worse'],
  ],
  [
    'no arm beats it on few images, and it suffers: more of them',
    compared([arm('keep', null, 0.7, 15), arm('head', 0, 0.75, 15)], [difference(-0.2, 0.2, 15)]),
    { kind: 'collect-more' },
    ['arm-ties', 'does-worse', 'too-few-to-tell'],
  ],
  [
    'the referee wins',
    { ...compared([head, keep], [clear]), ...refereed(-0.2, -0.02) },
    { kind: 'from-scratch' },
    ['loses-to-scratch'],
  ],
  [
    'the referee draws: said, not followed',
    { ...compared([head, keep], [clear]), ...refereed(-0.05, 0.05) },
    { kind: 'head-only' },
    ['does-worse', 'arm-better', 'draws-with-scratch'],
  ],
  [
    'the referee loses',
    { ...compared([head, keep], [clear]), ...refereed(0.05, 0.2) },
    { kind: 'head-only' },
    ['does-worse', 'arm-better', 'beats-scratch'],
  ],
  [
    'another backbone is better',
    {
      ...compared([head, keep], [clear]),
      backbones: [
        { id: 'other', evidence: 1, current: false, head: null, difference: difference(0.02, 0.1) },
        { id: 'this', evidence: 0.5, current: true, head: null, difference: null },
      ],
    },
    { kind: 'other-backbone', backbone: 'other' },
    ['backbone-better'],
  ],
  [
    'nothing learned',
    compared([arm('head', 0, 0.42), arm('last-2', 2, 0.4)], [difference(-0.1, 0.1)]),
    { kind: 'collect-more' },
    ['learns-nothing'],
  ],
  [
    'few images: said',
    compared([arm('head', 0, 0.95, 12), arm('keep', null, 0.6, 12)], [difference(-0.5, -0.1, 12)]),
    { kind: 'head-only' },
    ['does-worse', 'arm-better', 'too-few-to-tell'],
  ],
])('%s', (_, found, action, reasons) => {
  const evidence = evidenceSchema.parse({ ...nothing, ...found });
  const recommendation = recommend(evidence);
  expect(recommendationSchema.parse(recommendation)).toEqual(recommendation);
  expect(recommendation.action).toEqual(action);
  expect(recommendation.reasons.map(({ kind }) => kind).slice(0, reasons.length)).toEqual(reasons);
});

test('is as sure as the images let it be', () => {
  const sure = (found: Partial<Evidence>) => recommend({ ...nothing, ...found }).confidence;
  expect(sure(compared([head, keep], [clear]))).toBe('high');
  expect(sure(compared([head, keep], [difference(-0.2, 0.02)]))).toBe('moderate');
  expect(sure(compared([head, keep], [difference(-0.2, -0.05, 40)]))).toBe('moderate');
  expect(sure(compared([head, keep], [difference(-0.6, -0.05, 12)]))).toBe('low');
});

test('tells of old images that are forgotten, and of images that would help', () => {
  const { reasons } = recommend({
    ...nothing,
    ...compared([head, keep], [clear]),
    forgetting: { before: metric(0.9), after: metric(0.8), difference: difference(-0.15, -0.05) },
    learningCurve: {
      points: [100, 200, 400].map((size, index) => ({ size, error: 0.3 - 0.05 * index, trials: 100 })),
      curve: {
        floor: 0,
        scale: 1,
        exponent: 0.3,
        predictions: [400, 800, 1600].map((size, index) => ({
          size,
          error: 0.2 - 0.04 * index,
          low: 0.1,
          high: 0.25,
        })),
      },
    },
  });
  expect(reasons).toContainEqual({ kind: 'forgets', difference: difference(-0.15, -0.05) });
  const more = reasons.find(({ kind }) => kind === 'more-images');
  expect(more).toMatchObject({ images: 400, gain: expect.closeTo(0.04, 10) });
});
