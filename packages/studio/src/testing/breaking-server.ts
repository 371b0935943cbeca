import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Starts a server that is gone after the test, and gives its address. */
export const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

/** The first byte that a request asks for. */
export const rangeStart = (range: string | undefined): number =>
  Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

/** Milliseconds in which a busy machine has taken what was sent. */
const patience = 500;

/** Serves ranges of a file; the first answer breaks off halfway. `starts` are the first bytes that were asked for. */
export const breakingServer = (file: Uint8Array) => {
  const starts: number[] = [];
  const listener: RequestListener = (request, response) => {
    const start = rangeStart(request.headers.range);
    starts.push(start);
    const rest = file.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` } : {}),
    });
    if (starts.length > 1) response.end(rest);
    else
      response.write(rest.subarray(0, file.length / 2), () => setTimeout(() => response.destroy(), patience));
  };
  return { starts, listener };
};
