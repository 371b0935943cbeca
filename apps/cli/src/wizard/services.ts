import { existsSync } from 'node:fs';
import {
  type BackboneListing,
  commandOfAdvice,
  commandOfRecipe,
  dataLocation,
  describeRun,
  describeVersion,
  findStore,
  followRun,
  initialRunView,
  listBackbones,
  listRunSummaries,
  listVersionSummaries,
  type Manifest,
  openStudioStore,
  type Recipe,
  type RunDescription,
  type RunKind,
  type RunSummary,
  type RunView,
  reduceRunView,
  requestStop,
  resumeRun,
  type Store,
  scanDataset,
  startRun,
  type VersionDescription,
  type VersionSummary,
} from '@regraft/studio';
import type { Pixels } from '../output/half-blocks.js';
import { failureOf } from '../output/run-failure.js';
import { type Answers, type AnswersRequest, openAnswers } from './answers/open-answers.js';
import { loadPixels, type PixelLimits } from './picture/load-pixels.js';
import { createVersionServices, type VersionServices } from './services/version-services.js';

/** What is in the store. */
export interface Overview {
  readonly store: string;
  readonly versions: readonly VersionSummary[];
  /** Newest first. */
  readonly runs: readonly RunSummary[];
}

export interface ScanRequest {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Everything the wizard does besides asking and drawing: the calls that the commands make, too. */
export interface WizardServices extends VersionServices {
  overview(): Promise<Overview>;
  backbones(): Promise<readonly BackboneListing[]>;
  /** What is in a folder or a CSV, by its absolute path. */
  scan(data: string, request: ScanRequest): Promise<Manifest>;
  /** Starts a run as a process of its own and gives its number. */
  start(recipe: Recipe, kind: RunKind): Promise<number>;
  /** How a run is getting on, until it is over; throws where it stopped or failed. */
  follow(run: number, signal: AbortSignal): AsyncIterable<RunView>;
  /** Asks a run to stop at its next checkpoint. */
  stop(run: number): Promise<void>;
  resume(run: number): Promise<void>;
  describeRun(run: number): Promise<RunDescription>;
  describeVersion(version: string): Promise<VersionDescription>;
  /** Opens a version that answers image after image. */
  answers(request: AnswersRequest): Answers;
  /** An image, to be drawn in so many pixels at most. */
  pixels(file: string, limits: PixelLimits): Promise<Pixels>;
  /** The commands that do what was started. */
  commands(): readonly string[];
  close(): Promise<void>;
}

const listed = 200;

/** A picture five times a second is live enough, and leaves the processor to the run. */
const pollMilliseconds = 200;

/** The services on the store of this folder, which is made when the first run starts; the engine is the environment's. */
export const createServices = (): WizardServices => {
  const place = findStore();
  const commands: string[] = [];
  let opened: Promise<Store> | null = null;
  const open = (): Promise<Store> => {
    opened ??= openStudioStore({ access: 'create' });
    return opened;
  };

  return {
    ...createVersionServices({ open, place, onCommand: (command) => commands.push(command) }),
    overview: async () => {
      if (!existsSync(place)) return { store: place, versions: [], runs: [] };
      const store = await open();
      await store.runs.sweep();
      return {
        store: place,
        versions: await listVersionSummaries(store, { limit: listed }),
        runs: await listRunSummaries(store, { limit: listed }),
      };
    },
    backbones: () => listBackbones(),
    scan: async (data, request) => {
      const knownFiles = existsSync(place) ? (await open()).knownFiles : undefined;
      return scanDataset({ ...dataLocation(data), seed: 0 }, { ...request, knownFiles });
    },
    start: async (recipe, kind) => {
      const run = await startRun(await open(), recipe, { kind });
      commands.push((kind === 'fit' ? commandOfRecipe : commandOfAdvice)(recipe));
      return run;
    },
    follow: async function* (run, signal) {
      const store = await open();
      // Which phases there are the run itself says when it starts.
      let view: RunView = { ...initialRunView, phases: [] };
      for await (const { event } of followRun(store, run, { signal, pollMilliseconds })) {
        view = reduceRunView(view, event);
        yield view;
      }
      if (!signal.aborted && view.status !== 'finished') throw await failureOf(store, run, view);
    },
    stop: async (run) => {
      await requestStop(await open(), run);
    },
    resume: async (run) => {
      await resumeRun(await open(), run);
    },
    describeRun: async (run) => describeRun(await open(), run),
    describeVersion: async (version) => describeVersion(await open(), version),
    answers: (request) => openAnswers(request, { store: place }),
    pixels: loadPixels,
    commands: () => commands,
    close: async () => {
      const store = await opened?.catch(() => null);
      await store?.close();
    },
  };
};
