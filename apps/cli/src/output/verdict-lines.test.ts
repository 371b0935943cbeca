import type { Evidence, Verdict } from '@regraft/studio';
import { expect, test } from 'vitest';
import { renderVerdict } from './verdict-lines.js';

const metric = { value: 0.8, low: 0.7, high: 0.9, n: 60, method: 'score' as const };

const head: Evidence['arms'][number] = {
  name: 'head',
  blocks: 0,
  status: 'finished',
  epochs: 0,
  seconds: 1.2,
  train: metric,
  validation: metric,
  test: null,
  gap: null,
};

const evidence: Evidence = {
  case: 'same-labels',
  start: 'v1',
  data: 'photos',
  images: { train: 200, validation: 60, test: 0 },
  labels: null,
  duplicates: null,
  drift: null,
  strangest: [],
  proportions: null,
  labelShift: null,
  asItIs: null,
  atHome: null,
  loss: null,
  chance: 0.4,
  arms: [head],
  choice: null,
  referee: null,
  forgetting: null,
  learningCurve: {
    points: [],
    curve: {
      predictions: [200, 400, 800].map((size, index) => ({
        size,
        error: 0.2 - index * 0.03,
        low: 0.1,
        high: 0.3,
      })),
    } as unknown as NonNullable<Evidence['learningCurve']>['curve'],
  },
  backbones: [],
  notTried: ['training from scratch: no time for it'],
};

const verdict: Verdict = {
  format: 1,
  headline: 'Train the head of v1 on them: that is all there was to try.',
  recommendation: {
    action: { kind: 'head-only' },
    reasons: [{ kind: 'only-arm', arm: 'head' }],
    confidence: 'low',
  },
  reasons: [],
  command: 'regraft fit photos --from v1',
  evidence,
  seconds: 5,
  createdAt: '2026-01-01T00:00:00.000Z',
};

test('what more images would bring is told where there was no time for the referee', () => {
  const lines = renderVerdict(verdict);
  const text = lines.join('\n');
  expect(text).not.toContain('against scratch');
  expect(text).toMatch(/more images +head alone with 400 images about 83\.0 %, with 800 images 86\.0 %/);
  expect(text).toContain('regraft fit photos --from v1');
});

test('where the new images look different, the strangest are named from their folder', () => {
  const drift = {
    decision: 'drift',
    discrepancy: { pValue: 0.001 },
    classifier: { area: 0.83 },
  } as unknown as NonNullable<Evidence['drift']>;
  const strangest = ['a', 'b', 'c', 'd'].map((name) => ({
    path: `/home/me/photos/ants/${name}.png`,
    distance: 2,
    p: 0.01,
  }));
  const shown = renderVerdict({
    ...verdict,
    evidence: { ...evidence, data: '/home/me/photos', drift, strangest },
  }).join('\n');
  expect(shown).toContain('▲ they look different');
  expect(shown).toMatch(/strangest +ants\/a\.png, ants\/b\.png, ants\/c\.png$/m);
});
