import type { Network, Preprocessing } from '@regraft/core';
import { createProgram, type TrunkEngine } from './create-program.js';
import { pixelTable } from './pixel-table.js';
import type { FeatureImage, PlannedView } from './plan-views.js';
import { runJobs } from './run-jobs.js';
import { createShardWriter } from './shard-writer.js';
import { openStartRows } from './start-rows.js';

export interface ComputeOptions {
  /** See `trunkChain`. */
  readonly chain: readonly Network[];
  readonly preprocessing: Preprocessing;
  readonly threads: number;
  readonly engine: TrunkEngine | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called for each image and view that was run, or could not be decoded. */
  readonly onImage: () => void;
}

/** Everything that a view's work reads from and writes to. */
const openView = async (plan: PlannedView) => ({
  plan,
  writers: plan.spaces.map(createShardWriter),
  starts: await openStartRows(plan),
});

/**
 * Runs every image that lacks rows through the chain, from its file or from a row that is there, and appends what was
 * missing to the view's spaces. What has been computed when a pass fails or is stopped is kept. Returns why images could
 * not be decoded, by sha256.
 */
export const computeRows = async (
  plans: readonly PlannedView[],
  images: readonly FeatureImage[],
  { chain, preprocessing, threads, engine, signal, onImage }: ComputeOptions,
): Promise<Map<string, string>> => {
  const unreadable = new Map<string, string>();
  if (plans.every(({ work }) => work.length === 0)) return unreadable;
  const files = new Map(images.map(({ sha256, file }) => [sha256, file]));
  const views = await Promise.all(plans.map(openView));
  const work = views.flatMap((view) => view.plan.work.map((rows) => ({ ...rows, view })));
  const writers = views.flatMap((view) => view.writers);
  try {
    await runJobs(work.length, {
      setup: { program: createProgram(chain, engine), preprocessing, table: pixelTable(preprocessing) },
      prepare: async (id) => {
        const { sha256, from, keep, view } = work[id]!;
        const values = await view.starts.read(from, sha256);
        const image = { file: files.get(sha256)!, sha256, view: view.plan.viewOf(sha256) };
        return { id, keep, start: values ? { segment: from, values } : image };
      },
      threads,
      signal,
      accept: async (result) => {
        const { sha256, keep, view } = work[result.id]!;
        if ('unreadable' in result) unreadable.set(sha256, result.unreadable);
        else {
          for (const [index, values] of result.rows.entries())
            await view.writers[keep[index]!]!.add({ key: sha256, values });
        }
        onImage();
      },
    });
  } catch (error) {
    // The first failure is the one to report; a store that can't take the rest has failed already.
    await Promise.allSettled(writers.map((writer) => writer.flush()));
    throw error;
  } finally {
    for (const { starts } of views) await starts.close();
  }
  for (const writer of writers) await writer.flush();
  return unreadable;
};
