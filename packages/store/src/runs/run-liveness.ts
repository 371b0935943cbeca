import { probeProcess } from '../processes/process-identity.js';
import { type Run, runProcess } from './run.js';

/** After this long without a heartbeat, a run on another machine counts as dead. */
const heartbeatMilliseconds = 60_000;

/** Whether the process that holds a run still works on it. */
export const isRunAlive = (run: Run, now: number): boolean => {
  const owner = runProcess(run);
  if (owner === null) return false;
  const found = probeProcess(owner);
  if (found !== 'elsewhere') return found === 'alive';
  return run.heartbeatAt !== null && now - run.heartbeatAt.getTime() < heartbeatMilliseconds;
};
