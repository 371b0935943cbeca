import type { VersionCard, VersionDescription, VersionPair } from '@regraft/studio';

/** A version of two labels, as `describeVersion` tells of it. */
export const describedVersion = (change: Partial<VersionDescription> = {}): VersionDescription => ({
  version: 'v1',
  name: null,
  aliases: [],
  run: 12,
  lineage: ['mobilenet-v2.openimages', change.version ?? 'v1'],
  card: {
    labels: ['ants', 'bees'],
    blocks: [
      { name: 'stem', state: 'frozen', output: 'stem', parameters: 1000, learningRate: 0 },
      { name: 'head', state: 'head', output: 'head', parameters: 2000, learningRate: 1 },
    ],
    metrics: { train: null, validation: null, test: null },
    trust: null,
    frozen: { tensors: 3, before: 'a'.repeat(64), after: 'a'.repeat(64) },
  } as unknown as VersionCard,
  evaluations: [],
  files: [],
  createdAt: '2026-11-25T10:00:00.000Z',
  ...change,
});

/** Two versions that learned from different images. */
export const comparedPair = (change: Partial<VersionPair> = {}): VersionPair => {
  const first: VersionPair['versions'][0] = {
    version: 'v1',
    name: 'insects',
    aliases: ['champion'],
    backbone: 'mobilenet-v2.openimages',
    parent: null,
    labels: ['ants', 'bees'],
    accuracy: { value: 0.948, low: 0.901, high: 0.974, n: 153 },
    split: 'test',
    dataset: 1,
    data: '/photos',
    trained: [],
    createdAt: '2026-11-25T10:00:00.000Z',
  };
  return {
    versions: [
      first,
      {
        ...first,
        version: 'v3',
        name: null,
        aliases: [],
        parent: 'v1',
        accuracy: { value: 0.81, low: 0.7, high: 0.9, n: 80 },
        dataset: 2,
        data: '/new-photos',
        trained: ['block-17', 'head-conv'],
      },
    ],
    labels: { relation: 'same', onlyFirst: [], onlySecond: [] },
    sameImages: false,
    measured: [],
    settings: [{ setting: 'training.epochs', values: [10, 2] }],
    ...change,
  };
};
