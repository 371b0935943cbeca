import { expect, test } from 'vitest';
import { identifyProcess, type ProcessIdentity } from '../processes/process-identity.js';
import type { Run } from './run.js';
import { isRunAlive } from './run-liveness.js';

const now = Date.now();

const runOf = ({ host, pid, start }: ProcessIdentity, heartbeatSecondsAgo: number): Run => ({
  id: 1,
  kind: 'fit',
  name: null,
  status: 'running',
  recipe: {},
  dataset: null,
  parentVersion: null,
  version: null,
  createdAt: new Date(now),
  startedAt: new Date(now),
  endedAt: null,
  heartbeatAt: new Date(now - heartbeatSecondsAgo * 1000),
  pid,
  pidStart: start,
  host,
  claims: 1,
  stopRequested: false,
  checkpoint: null,
  checkpointDetails: null,
  engine: null,
  result: null,
  error: null,
});

const self = identifyProcess(process.pid);

test('on this machine the process itself is asked, however old the heartbeat', () => {
  expect(isRunAlive(runOf(self, 3600), now)).toBe(true);
  expect(isRunAlive(runOf({ ...self, pid: 2 ** 22 + 1 }, 0), now)).toBe(false);
});

test('on another machine the heartbeat counts', () => {
  expect(isRunAlive(runOf({ ...self, host: 'elsewhere' }, 59), now)).toBe(true);
  expect(isRunAlive(runOf({ ...self, host: 'elsewhere' }, 61), now)).toBe(false);
});

test('a run that nobody claimed has no process', () => {
  expect(isRunAlive({ ...runOf(self, 0), pid: null }, now)).toBe(false);
});
