import { readFile, stat } from 'node:fs/promises';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import { recipeSchema } from '../recipe/recipe.js';
import { runLogPath } from './run-log-path.js';

/** What a process that gets no memory says last: JavaScript's engine, C++, the system. */
const sayings = /heap out of memory|bad_alloc|cannot allocate memory|failed to allocate/i;

/** The clock of a file system may be behind by some milliseconds. */
const clockSlack = 1000;

/** The line of a run's log in which its last process says that memory ran out. */
const findSaying = async (path: string, since: Date): Promise<string | undefined> => {
  try {
    if ((await stat(path)).mtimeMs + clockSlack < since.getTime()) return undefined;
    return (await readFile(path, 'utf8')).split('\n').findLast((line) => sayings.test(line));
  } catch {
    return undefined;
  }
};

const describeSmallerSteps = ({ recipe }: Run): string => {
  const batchSize = recipeSchema.safeParse(recipe).data?.training.batchSize ?? 1;
  return batchSize === 1
    ? 'begin anew with fewer blocks to unfreeze'
    : `begin anew with --batch-size ${Math.floor(batchSize / 2)}, or with fewer blocks to unfreeze`;
};

/**
 * Why a run is over that has not told so itself: `out-of-memory` where the last words of its process say that, else
 * `run-interrupted`, for a system that is short of memory ends processes without a word.
 */
export const explainInterruption = async (store: Store, id: number): Promise<RegraftError> => {
  const run = await store.runs.get(id);
  const smaller = describeSmallerSteps(run);
  const saying = await findSaying(runLogPath(store, id), run.heartbeatAt ?? run.createdAt);
  if (saying === undefined) {
    return new RegraftError({
      code: 'run-interrupted',
      message: `Run ${id} ended without a word: its process is gone.`,
      hint: `Go on with: regraft resume ${id}. If the machine was short of memory, ${smaller}.`,
      details: { run: id },
    });
  }
  return new RegraftError({
    code: 'out-of-memory',
    message: `A run must fit into memory. Received: run ${id}, whose process ended with “${saying.trim()}”`,
    hint: `To take less, ${smaller}.`,
    details: { run: id },
  });
};
