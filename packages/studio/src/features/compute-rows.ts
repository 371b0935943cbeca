import type { Network, Preprocessing } from '@regraft/core';
import { createProgram, type TrunkEngine } from './create-program.js';
import { pixelTable } from './pixel-table.js';
import type { FeatureImage, PlannedView } from './plan-views.js';
import { runJobs } from './run-jobs.js';
import { createShardWriter } from './shard-writer.js';

export interface ComputeOptions {
  readonly trunk: Network;
  readonly preprocessing: Preprocessing;
  readonly threads: number;
  readonly engine: TrunkEngine | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called for each image and view that was decoded, or could not be. */
  readonly onRow: () => void;
}

/**
 * Decodes every image whose row is missing, runs it through the trunk and appends its row to the view's space. What
 * has been computed when a pass fails or is stopped is kept. Returns why images could not be decoded, by sha256.
 */
export const computeRows = async (
  plans: readonly PlannedView[],
  images: readonly FeatureImage[],
  { trunk, preprocessing, threads, engine, signal, onRow }: ComputeOptions,
): Promise<Map<string, string>> => {
  const files = new Map(images.map(({ sha256, file }) => [sha256, file]));
  const writers = plans.map(({ space }) => createShardWriter(space));
  const work = plans.flatMap(({ missing, viewOf }, plan) =>
    missing.map((sha256) => ({
      sha256,
      writer: writers[plan]!,
      file: files.get(sha256)!,
      view: viewOf(sha256),
    })),
  );
  const unreadable = new Map<string, string>();
  if (work.length === 0) return unreadable;
  try {
    await runJobs(
      work.map(({ file, sha256, view }, id) => ({ id, file, sha256, view })),
      {
        setup: { program: createProgram(trunk, engine), preprocessing, table: pixelTable(preprocessing) },
        threads,
        signal,
        accept: async (result) => {
          const { sha256, writer } = work[result.id]!;
          if ('values' in result) await writer.add({ key: sha256, values: result.values });
          else unreadable.set(sha256, result.unreadable);
          onRow();
        },
      },
    );
  } catch (error) {
    // The first failure is the one to report; a store that can't take the rest has failed already.
    await Promise.allSettled(writers.map((writer) => writer.flush()));
    throw error;
  }
  for (const writer of writers) await writer.flush();
  return unreadable;
};
