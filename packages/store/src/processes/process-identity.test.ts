import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identifyProcess, type ProcessIdentity, probeProcess } from './process-identity.js';

const self = identifyProcess(process.pid);

test('this process lives, one that has ended does not', async () => {
  expect(probeProcess(self)).toBe('alive');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const identity = identifyProcess(child.pid!);
  expect(probeProcess(identity)).toBe('alive');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(probeProcess(identity)).toBe('gone');
});

test('a process on a machine of another name cannot be asked', () => {
  expect(probeProcess({ ...self, host: 'elsewhere' })).toBe('elsewhere');
});

test('without a start time the process id alone decides', () => {
  expect(probeProcess({ ...self, start: null })).toBe('alive');
  expect(probeProcess({ ...self, start: null, pid: 2 ** 22 + 1 })).toBe('gone');
});

/** What the identity would be on Linux, also where the test runs elsewhere. */
const linux = (change: (boot: string, tick: string) => string): ProcessIdentity => {
  const [boot, tick] = (self.start ?? 'boot/1').split('/');
  return { ...self, start: change(boot!, tick!) };
};

test('a process id used again by another process is told by its start', () => {
  const reused = linux((boot, tick) => `${boot}/${Number(tick) - 1}`);
  expect(probeProcess(reused)).not.toBe('alive');
});

test('another boot is another machine, or this one before its restart', () => {
  expect(probeProcess(linux((_, tick) => `another-boot/${tick}`))).toBe('elsewhere');
});
