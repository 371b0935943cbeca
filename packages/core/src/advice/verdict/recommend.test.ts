import { expect, test } from 'vitest';
import type { PairedDifference } from '../comparison/paired-difference.js';
import type { DriftReport } from '../drift/drift-report.js';
import { labelRelation } from '../labels/label-relation.js';
import type { ArmSummary } from './arm-summary.js';
import { type Evidence, evidenceSchema } from './evidence.js';
import { type Reason, reasonSchema } from './reason.js';
import { recommend } from './recommend.js';
import { type Action, actionSchema, recommendationSchema } from './recommendation.js';

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

const drifted = (decision: DriftReport['decision'], pValue: number): DriftReport => ({
  decision,
  alpha: 0.05,
  seed: 0,
  reference: { rows: 100, used: 100 },
  sample: { rows: 60, used: 60 },
  discrepancy: { squared: 0.01, pValue, critical: 0.02, permutations: 999, dimensions: 10, bandwidth: 1 },
  classifier: { area: 0.6, pValue: 0.1, heldOut: 40 },
  features: { tested: 10, different: 0, pValue: 1, most: [] },
  detectable: { shift: 0.7, power: 0.8, note: 'A shift of 0.7 would have been seen.' },
  farthest: [],
});

const asGood = { value: 0.01, low: -0.05, high: 0.07, n: [100, 100] as [number, number] };

const forgetful: Pick<Evidence, 'forgetting' | 'learningCurve'> = {
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
};

const table: [string, Partial<Evidence>, Action, Reason['kind'][]][] = [
  ['does as well: kept', { loss: asGood }, { kind: 'keep' }, ['does-as-well']],
  [
    'does as well on images that look alike: kept',
    { loss: asGood, drift: drifted('no-evidence', 0.4) },
    { kind: 'keep' },
    ['does-as-well', 'looks-alike'],
  ],
  [
    'does as well on images that look different: kept all the same',
    { loss: asGood, drift: drifted('drift', 0.001) },
    { kind: 'keep' },
    ['does-as-well', 'looks-different'],
  ],
  [
    'nothing but the head to try',
    { ...compared([head], []), loss: null, asItIs: null },
    { kind: 'head-only' },
    ['only-arm'],
  ],
  [
    'labels that it does not know',
    {
      ...compared([head, last], [difference(-0.02, 0.05)]),
      loss: null,
      asItIs: null,
      labels: labelRelation(['roses', 'ants'], ['ants']),
    },
    { kind: 'head-only' },
    ['new-labels', 'arm-ties'],
  ],
  [
    'what is forgotten and what more images would bring: said last',
    { ...compared([head, keep], [clear]), ...forgetful },
    { kind: 'head-only' },
    ['does-worse', 'arm-better', 'forgets', 'more-images'],
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
    'the referee draws: said before the second that is said of the population',
    {
      ...compared([head, keep], [clear]),
      ...refereed(-0.05, 0.05),
      drift: drifted('drift', 0.001),
    },
    { kind: 'head-only' },
    ['does-worse', 'arm-better', 'draws-with-scratch', 'looks-different'],
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
];

test.each(table)('%s', (_, found, action, reasons) => {
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

test('tells how many images would bring how much', () => {
  const { reasons } = recommend({ ...nothing, ...compared([head, keep], [clear]), ...forgetful });
  expect(reasons).toContainEqual({
    kind: 'more-images',
    images: 400,
    gain: expect.closeTo(0.04, 10),
    low: expect.closeTo(-0.05, 10),
    high: expect.closeTo(0.1, 10),
  });
});

test('says how much quicker than training from scratch the chosen arm was', () => {
  const { reasons } = recommend({ ...nothing, ...compared([head, keep], [clear]), ...refereed(0.05, 0.2) });
  expect(reasons).toContainEqual(expect.objectContaining({ kind: 'beats-scratch', speed: 10 }));
});

test('every action and every reason follows from some evidence', () => {
  const found = table.map(([, evidence]) => recommend({ ...nothing, ...evidence }));
  const kindsOf = (options: readonly { shape: { kind: { value: string } } }[]): Set<string> =>
    new Set(options.map(({ shape }) => shape.kind.value));
  expect(new Set(found.map(({ action }) => action.kind))).toEqual(kindsOf(actionSchema.options));
  expect(new Set(found.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(
    kindsOf(reasonSchema.options),
  );
});
