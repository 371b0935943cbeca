import { availableParallelism } from 'node:os';
import { inferShapes, type Network, type Preprocessing, type Shape } from '@regraft/core';
import { activationSpaces } from './activation-space.js';
import { computeRows } from './compute-rows.js';
import type { TrunkEngine } from './create-program.js';
import { type ActivationSpaces, createMemoryActivations } from './memory-activations.js';
import { type Augmentation, type FeatureImage, planViews } from './plan-views.js';
import { rowLengthOf } from './stations-that-fit.js';

export interface ExtractionProgress {
  /** Images and views that are there, those from the cache included. */
  readonly done: number;
  readonly total: number;
  readonly hits: number;
  readonly misses: number;
  /** Images run in a second, since the start. */
  readonly rate: number;
}

export interface ExtractionRequest {
  readonly images: readonly FeatureImage[];
  /** The way to the cut: see `trunkChain`. */
  readonly chain: readonly Network[];
  readonly preprocessing: Preprocessing;
  /** Places of segments whose results are kept too, for passes to come; the last one's always are. */
  readonly also?: readonly number[] | undefined;
  /** Needed where an image has more than one view. */
  readonly augmentation?: Augmentation | undefined;
  /** A store's `activations`; without one, rows live in memory as long as the result. */
  readonly activations?: ActivationSpaces | undefined;
  /** Worker threads: as many as there are cores unless told. */
  readonly threads?: number | undefined;
  /** onnxruntime where it loads unless told. */
  readonly engine?: TrunkEngine | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExtractionProgress) => void) | undefined;
}

/** Activations of one view, readable in any order: an `ExampleSource` of core. */
export interface ActivationSource {
  readonly shape: Shape;
  readonly size: number;
  read(indices: readonly number[], into: Float32Array): Promise<void>;
}

export interface ExtractedView {
  /** Which of the request's images the rows of the source belong to, in their order. */
  readonly images: readonly number[];
  readonly source: ActivationSource;
}

export interface UnreadableImage {
  /** Among the request's images. */
  readonly index: number;
  readonly reason: string;
}

export interface ExtractedActivations {
  /** The plain view first. */
  readonly views: readonly ExtractedView[];
  readonly hits: number;
  readonly misses: number;
  /** Images that could not be decoded: in no view. */
  readonly unreadable: readonly UnreadableImage[];
  close(): Promise<void>;
}

/**
 * Brings a set of images to the cut: those whose activations are cached are not touched, those that have a row at a
 * station below it go on from there, and the others are decoded. They run through the frozen segments on every core, one
 * by one, so that a row depends on nothing but its image. A pass that is stopped keeps the rows it has, and when all
 * rows are there, no thread, decoder or engine starts.
 *
 * @throws RegraftError `cancelled`; those of the store
 * @example
 * const chain = trunkChain(backbone);
 * const { views: [plain] } = await extractActivations({ images, chain, preprocessing, activations: store.activations });
 * await plain.source.read([0, 1], rows);
 */
export const extractActivations = async (request: ExtractionRequest): Promise<ExtractedActivations> => {
  const { images, chain, preprocessing, also = [], augmentation, onProgress } = request;
  const last = chain.at(-1)!;
  const shape = inferShapes(last).get(last.output)!;
  const activations = request.activations ?? createMemoryActivations();
  const spaces = await activationSpaces(chain, preprocessing);
  const places = spaces.map((space, place) => ({ space, rowLength: rowLengthOf(chain[place]!) }));
  const wanted = [...also, chain.length - 1];
  const plans = await planViews(images, activations, { places, wanted }, augmentation);

  const total = plans.reduce((sum, plan) => sum + plan.images.length, 0);
  const misses = plans.reduce((sum, { work }) => sum + work.length, 0);
  const hits = total - misses;
  const startedAt = performance.now();
  let fresh = 0;
  const report = (): void => {
    const seconds = (performance.now() - startedAt) / 1000;
    onProgress?.({ done: hits + fresh, total, hits, misses, rate: fresh === 0 ? 0 : fresh / seconds });
  };
  report();
  const failures = await computeRows(plans, images, {
    chain,
    preprocessing,
    threads: request.threads ?? availableParallelism(),
    engine: request.engine,
    signal: request.signal,
    onImage: () => {
      fresh++;
      report();
    },
  });

  const views = await Promise.all(
    plans.map(async (plan) => {
      const readable = plan.images.filter((index) => !failures.has(images[index]!.sha256));
      const reader = await plan.spaces.at(-1)!.reader(readable.map((index) => images[index]!.sha256));
      const source: ActivationSource = { shape, size: readable.length, read: reader.read };
      return { images: readable, source, close: reader.close };
    }),
  );
  return {
    views: views.map(({ images: of, source }) => ({ images: of, source })),
    hits,
    misses,
    unreadable: [...images.keys()].flatMap((index) => {
      const reason = failures.get(images[index]!.sha256);
      return reason === undefined ? [] : [{ index, reason }];
    }),
    close: async () => {
      await Promise.all(views.map(({ close }) => close()));
    },
  };
};
