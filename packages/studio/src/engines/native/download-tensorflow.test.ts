import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { breakingServer, serve } from '../../testing/breaking-server.js';
import { failureOf } from '../../testing/failure-of.js';
import { fakeBuildTools } from '../../testing/fake-build-tools.js';
import { downloadTensorflow } from './download-tensorflow.js';
import type { InstallStep } from './install-step.js';
import { enginesFolder } from './native-folder.js';

afterEach(() => vi.unstubAllEnvs());

/** Downloads the wheel of stand-ins from a server that pip names. */
const setUp = async (answer: (wheel: Buffer) => RequestListener) => {
  const { options, setWheelUrl, wheelBytes, downloads } = fakeBuildTools();
  const { cacheFolder, wheel } = options;
  const engines = enginesFolder(cacheFolder);
  mkdirSync(engines, { recursive: true });
  setWheelUrl(`${await serve(answer(wheelBytes()))}/tensorflow_cpu-2.16.2-cp311-cp311-any.whl`);
  const steps: InstallStep[] = [];
  const download = (onStep: (step: InstallStep) => void = () => undefined, signal?: AbortSignal) => {
    const folder = mkdtempSync(join(cacheFolder, 'build-'));
    return downloadTensorflow(wheel, folder, {
      cacheFolder,
      python: 'python3',
      context: {
        signal,
        onStep: (step) => {
          steps.push(step);
          onStep(step);
        },
      },
    });
  };
  return { wheel, steps, download, downloads, wheelBytes, left: () => readdirSync(engines) };
};

test('a download that broke off goes on from there, and pip downloads nothing', async () => {
  let starts: number[] = [];
  const { wheel, steps, download, downloads, wheelBytes, left } = await setUp((bytes) => {
    const server = breakingServer(bytes);
    starts = server.starts;
    return server.listener;
  });
  const error = await failureOf(download());
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toContain('a connection that broke off');
  expect(error.hint).toContain('go on with: regraft engine install native');
  expect(left()).toEqual([`${wheel.sha256}.whl.partial`]);
  steps.length = 0;
  expect(readFileSync(await download())).toEqual(wheelBytes());
  expect(left()).toEqual([`${wheel.sha256}.whl`]);
  const half = Math.floor(wheel.bytes / 2);
  expect(starts).toEqual([0, half]);
  expect(steps[1]).toEqual({ step: 'download', done: half, total: wheel.bytes });
  expect(steps.at(-1)).toEqual({ step: 'download', done: wheel.bytes, total: wheel.bytes });
  expect(downloads()).toEqual([]);
});

test('a file that changed on the server in between is refused, and the next attempt starts anew', async () => {
  let starts: number[] = [];
  const { download, left, wheelBytes } = await setUp((bytes) => {
    const server = breakingServer(bytes);
    const changed = breakingServer(Buffer.alloc(bytes.length, 'changed'));
    changed.starts.push(0);
    starts = server.starts;
    return (request, response) => {
      if (starts.length !== 1) return server.listener(request, response);
      starts.push(0);
      changed.listener(request, response);
    };
  });
  await failureOf(download());
  expect((await failureOf(download())).code).toBe('checksum-mismatch');
  expect(left()).toEqual([]);
  expect(readFileSync(await download())).toEqual(wheelBytes());
  expect(starts.at(-1)).toBe(0);
});

test('an aborted download keeps what has arrived', async () => {
  const { wheel, download, left } = await setUp((bytes) => breakingServer(bytes).listener);
  const controller = new AbortController();
  const onStep = ({ done = 0 }: InstallStep) => done > 0 && controller.abort();
  const error = await failureOf(download(onStep, controller.signal));
  expect(error.code).toBe('cancelled');
  expect(left()).toEqual([`${wheel.sha256}.whl.partial`]);
});

test.each([
  ['asks for a password', (response: Parameters<RequestListener>[1]) => response.writeHead(401).end()],
  ['does not answer', (response: Parameters<RequestListener>[1]) => response.destroy()],
])('where a server %s, pip downloads instead', async (_, answer) => {
  const { wheel, download, downloads, left } = await setUp(() => (_request, response) => {
    answer(response);
  });
  await download();
  expect(downloads()).toHaveLength(1);
  expect(left()).toContain(`${wheel.sha256}.whl`);
});
