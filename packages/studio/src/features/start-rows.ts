import { RegraftError } from '@regraft/errors';
import type { PlannedView } from './plan-views.js';

/** Cached rows from which a pass goes on, read one by one as they are needed. */
export interface StartRows {
  /** What enters the segment for that image; undefined where the cache has had to let go of it meanwhile. */
  read(from: number, sha256: string): Promise<Float32Array | undefined>;
  close(): Promise<void>;
}

const gone = new Set(['record-not-found', 'store-corrupt']);

/** Resolves to undefined where rows of the cache have been evicted. */
const unlessGone = async <Result>(reading: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (RegraftError.isInstance(error) && gone.has(error.code)) return undefined;
    throw error;
  }
};

const openRows = async ({ spaces }: PlannedView, from: number, keys: readonly string[]) => {
  const { rowLength, reader } = spaces[from - 1]!;
  const places = new Map(keys.map((key, place) => [key, place]));
  const opened = await unlessGone(reader(keys));
  return {
    read: async (sha256: string): Promise<Float32Array | undefined> => {
      const values = new Float32Array(rowLength);
      const reading = opened?.read([places.get(sha256)!], values).then(() => values);
      return reading && unlessGone(reading);
    },
    close: async (): Promise<void> => opened?.close(),
  };
};

/** Opens the cached rows that the work on a view begins with. */
export const openStartRows = async (plan: PlannedView): Promise<StartRows> => {
  const froms = [...new Set(plan.work.map(({ from }) => from))].filter((from) => from > 0);
  const opened = new Map<number, Awaited<ReturnType<typeof openRows>>>();
  for (const from of froms) {
    const keys = plan.work.filter((work) => work.from === from).map(({ sha256 }) => sha256);
    opened.set(from, await openRows(plan, from, keys));
  }
  return {
    read: async (from, sha256) => opened.get(from)?.read(sha256),
    close: async () => {
      for (const rows of opened.values()) await rows.close();
    },
  };
};
