import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './translate-database-error.js';

const longestPauseMilliseconds = 20;

/**
 * Does work on the database, again and again while another process has it locked; then throws what SQLite threw.
 * SQLite itself is told not to wait, since it would block the event loop, and with it whoever holds the lock in this
 * very process.
 */
export const retryWhileBusy = async <Result>(milliseconds: number, work: () => Result): Promise<Result> => {
  const deadline = Date.now() + milliseconds;
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
    }
    await sleep(Math.random() * Math.min(2 * attempt, longestPauseMilliseconds));
  }
};
