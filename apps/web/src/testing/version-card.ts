import { type EvaluationReport, fixedRecipe, parseRecipe, type VersionCard } from '@regraft/studio';

const report = (n: number, [value, low, high]: readonly [number, number, number]): EvaluationReport => {
  const metric = { value, low, high, n, method: 'bootstrap' } as const;
  return {
    n,
    classNames: [],
    accuracy: metric,
    balancedAccuracy: metric,
    logLoss: metric,
    calibrationError: metric,
    debiasedCalibrationError: metric,
    classes: [],
    confusion: [],
    worstPairs: [],
    resamples: 1000,
    seed: 0,
  };
};

/** The card of a version whose head was trained on a frozen backbone, measured or not. */
export const versionCard = (test?: {
  readonly n: number;
  readonly accuracy: readonly [number, number, number];
}): VersionCard => ({
  format: 1,
  name: null,
  labels: ['ants', 'bees'],
  preprocessing: {
    size: [224, 224],
    fit: 'cover',
    interpolation: 'linear',
    mean: [127.5, 127.5, 127.5],
    deviation: [127.5, 127.5, 127.5],
  },
  backbone: { id: 'mobilenet-v2.openimages', sha256: '0'.repeat(64) },
  parent: null,
  run: 1,
  dataset: 1,
  recipe: fixedRecipe(
    parseRecipe({
      data: { folder: 'photos' },
      start: { kind: 'backbone', name: 'mobilenet-v2.openimages' },
    }),
  ),
  cut: 'features',
  blocks: [],
  metrics: {
    train: report(80, [1, 0.95, 1]),
    validation: null,
    test: test === undefined ? null : report(test.n, test.accuracy),
    gap: null,
    forgetting: null,
    improvement: null,
    newImages: null,
  },
  frozen: { tensors: 0, before: '', after: '' },
  head: { how: 'replace', regularisation: null },
  trust: null,
  depth: null,
  engine: { backend: 'cpu', threads: 1, trunk: 'tfjs', versions: {} },
  createdAt: '2026-11-23T12:00:00.000Z',
});
