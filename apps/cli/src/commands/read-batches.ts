import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The lines of a stream, all that have come since the last look at once; empty ones are left out. */
export const readBatches = async function* (
  stream: Readable,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const reader = createInterface({ input: stream });
  let lines: string[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  reader.on('line', (line) => {
    if (line.trim() !== '') lines.push(line);
    wake();
  });
  reader.once('close', () => {
    isOver = true;
    wake();
  });
  const stop = (): void => reader.close();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const batch = lines;
      lines = [];
      if (batch.length > 0) yield batch;
      else if (isOver) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
  }
};
