import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const setLimit = (bytes: number | 'unlimited'): void => {
  // The hard limit stays, or nobody could lift this one again.
  const argv = ['--pid', String(process.pid), `--as=${bytes}:`];
  const { status, stderr, error } = spawnSync('prlimit', argv, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(stderr);
};

/** Lets this process have so many bytes of addresses more than it has now: what asks for more gets none. Linux only. */
export const limitAddresses = (more: number): void => {
  const kilobytes = Number(/^VmSize:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
  setLimit(1024 * kilobytes + more);
};

export const unlimitAddresses = (): void => setLimit('unlimited');
