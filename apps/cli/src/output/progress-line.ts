import { formatCount, formatDuration } from '@regraft/studio';
import type { Output } from './output.js';

export interface ProgressLine {
  update(progress: { done: number; total: number; secondsLeft: number | null }): void;
  clear(): void;
}

/** One line on the terminal that is rewritten at most ten times a second; nothing where nobody watches. */
export const createProgressLine = (output: Output, title: string): ProgressLine => {
  let last = 0;
  return {
    update: ({ done, total, secondsLeft }) => {
      if (!output.live || performance.now() - last < 100) return;
      last = performance.now();
      const left = secondsLeft === null ? '' : `   ${formatDuration(secondsLeft)} left`;
      process.stdout.write(`\r\u001b[K${title}  ${formatCount(done)} of ${formatCount(total)}${left}`);
    },
    clear: () => {
      if (output.live) process.stdout.write('\r\u001b[K');
    },
  };
};
