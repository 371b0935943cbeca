import { setTimeout as sleep } from 'node:timers/promises';
import { RegraftError } from '@regraft/errors';
import {
  type BackboneListing,
  defaultBackbone,
  initialRunView,
  type Manifest,
  type Recipe,
  type RunKind,
  type RunSummary,
  type RunView,
  type VersionSummary,
} from '@regraft/studio';
import type { WizardServices } from '../services.js';

/** A version of two labels, as a list has it. */
export const listedVersion = (change: Partial<VersionSummary> = {}): VersionSummary => ({
  version: 'v1',
  name: 'insects',
  aliases: ['champion'],
  labels: ['ants', 'bees'],
  accuracy: { value: 0.948, low: 0.901, high: 0.974, n: 153 },
  parent: null,
  backbone: defaultBackbone,
  createdAt: '2026-11-25T10:00:00.000Z',
  ...change,
});

/** A run of a fit, as a list has it. */
export const listedRun = (change: Partial<RunSummary> = {}): RunSummary => ({
  run: 12,
  kind: 'fit',
  status: 'interrupted',
  name: null,
  data: '/home/ada/photos',
  parent: null,
  version: null,
  advice: null,
  accuracy: null,
  seconds: 3,
  createdAt: '2026-11-25T10:00:00.000Z',
  ...change,
});

/** What a scan of ants and bees finds. */
export const scannedInsects = (labels: readonly string[] = ['ants', 'bees']): Manifest => ({
  root: '/photos',
  name: 'photos',
  labels: [...labels],
  images: labels.flatMap((_, label) =>
    Array.from({ length: 20 }, (_unused, index) => ({
      path: `${label}/${index}.jpg`,
      sha256: `${label}${index}`.padEnd(64, '0'),
      label,
      split: index < 14 ? ('train' as const) : index < 17 ? ('validation' as const) : ('test' as const),
      bytes: 1000,
      width: 64,
      height: 64,
    })),
  ),
  problems: [{ kind: 'unreadable', path: 'ants/broken.jpg', detail: 'it ends too early' }],
});

const listing = (id: string, availability: BackboneListing['availability']): BackboneListing => ({
  spec: {
    id,
    title: `The network ${id}`,
    architecture: 'mobilenet-v2',
    pretrainedOn: 'Open Images',
    parameters: 2_200_000,
    features: 1280,
    licence: 'Apache-2.0',
    preprocessing: {} as BackboneListing['spec']['preprocessing'],
    source: { kind: 'file', path: 'none' },
    reader: { format: 'any' },
  },
  availability,
});

export interface Started {
  readonly recipe: Recipe;
  readonly kind: RunKind;
}

/** Services that remember what was asked of them, on a store that holds what a test says. */
export const fakeServices = (
  change: Partial<WizardServices> & {
    readonly versions?: readonly VersionSummary[];
    readonly runs?: readonly RunSummary[];
    /** What following a run sees. */
    readonly views?: readonly Partial<RunView>[];
  } = {},
): WizardServices & {
  readonly started: Started[];
  readonly stopped: number[];
  readonly resumed: number[];
} => {
  const { versions = [], runs = [], views = [], ...given } = change;
  const [started, stopped, resumed]: [Started[], number[], number[]] = [[], [], []];
  const notGiven = async (): Promise<never> => {
    throw new RegraftError({
      code: 'record-not-found',
      message: 'The test says what is there. Received: nothing.',
      hint: 'Give it to fakeServices.',
    });
  };
  return {
    overview: async () => ({ store: '/home/ada/.regraft', versions, runs }),
    backbones: async () => [listing('other.net', 'pullable'), listing(defaultBackbone, 'bundled')],
    scan: async () => scannedInsects(),
    start: async (recipe, kind) => {
      started.push({ recipe, kind });
      return 7;
    },
    follow: async function* (_run, signal) {
      for (const view of views) yield { ...initialRunView, status: 'running' as const, ...view };
      // A run that is under way says nothing for a while.
      if (views.at(-1)?.status !== 'finished') await sleep(60_000, undefined, { signal }).catch(() => {});
    },
    stop: async (run) => {
      stopped.push(run);
    },
    resume: async (run) => {
      resumed.push(run);
    },
    describeRun: notGiven,
    describeVersion: notGiven,
    compare: notGiven,
    planDeletion: notGiven,
    deleteVersion: notGiven,
    setAlias: notGiven,
    deleteAlias: notGiven,
    promote: notGiven,
    answers: () => ({
      ask: () => undefined,
      predictions: { [Symbol.asyncIterator]: () => ({ next: notGiven }) },
    }),
    pixels: notGiven,
    commands: () => [],
    close: async () => undefined,
    ...given,
    started,
    stopped,
    resumed,
  };
};
