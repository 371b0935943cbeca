import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FetchOptions } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { cacheUnwritable, inCache } from './cached-weights.js';
import { claimPartial, releasePartial } from './partial-download.js';
import { unavailable } from './unavailable.js';

/** No file of weights for these architectures comes near it. */
const largestDownload = 2 ** 30;

export interface RemoteFile {
  readonly url: string;
  /** How large it is, where that is known. */
  readonly bytes?: number | undefined;
}

export interface DownloadOptions extends FetchOptions {
  readonly fetch?: typeof fetch;
}

const unreachable = (url: string, received: string, cause?: unknown): RegraftError =>
  unavailable(
    `${url} must be reachable. Received: ${received}`,
    'Try again later, or download the file yourself and give its path.',
    cause,
  );

interface Answer {
  readonly body: ReadableStream<Uint8Array>;
  /** The position of its first byte in the file. */
  readonly start: number;
  readonly length: number | undefined;
}

/** Asks for what is still missing; a server that can't go on sends everything. */
const request = async (
  url: string,
  have: number,
  fetchFile: typeof fetch,
  signal: AbortSignal | undefined,
): Promise<Answer> => {
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const response = await fetchFile(url, { headers, ...(signal ? { signal } : {}) });
  if (response.status === 416 && have > 0) return request(url, 0, fetchFile, signal);
  if (!response.ok || response.body === null) throw unreachable(url, `HTTP status ${response.status}`);
  const start =
    response.status === 206
      ? Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1])
      : 0;
  if (start !== have && start !== 0) throw unreachable(url, 'another part of the file than asked for');
  const length = response.headers.get('content-length');
  return { body: response.body, start, length: length === null ? undefined : Number(length) };
};

const append = async (
  file: FileHandle,
  source: RemoteFile,
  { body, start, length }: Answer,
  onProgress: FetchOptions['onProgress'],
): Promise<void> => {
  const total = source.bytes ?? (length === undefined ? undefined : start + length);
  const limit = source.bytes ?? largestDownload;
  await file.truncate(start);
  let position = start;
  onProgress?.(position, total);
  for await (const chunk of body) {
    if (position + chunk.length > limit) {
      await file.truncate(0);
      throw unreachable(source.url, `more than ${limit} bytes`);
    }
    await file.write(chunk, 0, chunk.length, position);
    position += chunk.length;
    onProgress?.(position, total);
  }
  await file.sync();
};

const explain = (
  cause: unknown,
  received: string,
  { url, folder, signal }: { url: string; folder: string; signal: AbortSignal | undefined },
): RegraftError => {
  if (RegraftError.isInstance(cause)) return cause;
  if (signal?.aborted) {
    return new RegraftError({
      code: 'cancelled',
      message: 'The download was stopped before its end; the next attempt goes on from here.',
      cause,
    });
  }
  const isDisk = cause instanceof Error && 'syscall' in cause;
  return isDisk ? cacheUnwritable(folder, cause) : unreachable(url, received, cause);
};

/**
 * Downloads into a partial file beside `target`, going on where an earlier attempt ended, and returns its path. What
 * has arrived is left for the next attempt when this one fails; whoever calls it checks what is whole.
 *
 * @throws RegraftError `backbone-unavailable`, `cancelled`
 */
export const resumeDownload = async (
  source: RemoteFile,
  target: string,
  { fetch: fetchFile = fetch, signal, onProgress }: DownloadOptions = {},
): Promise<string> => {
  const folder = dirname(target);
  const partial = await inCache(folder, claimPartial(target));
  const file = await inCache(folder, open(partial, constants.O_RDWR | constants.O_CREAT));
  let received = 'no answer';
  try {
    const { size } = await file.stat();
    const answer = await request(source.url, size, fetchFile, signal);
    received = 'a connection that broke off';
    await append(file, source, answer, onProgress);
    return partial;
  } catch (cause) {
    await releasePartial(partial, target);
    throw explain(cause, received, { url: source.url, folder, signal });
  } finally {
    await file.close();
  }
};
