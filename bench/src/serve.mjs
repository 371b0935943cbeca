import { createInterface } from 'node:readline';

/** The other end of `startServedWork`: does the work once for each line of input. It may say itself what it took. */
export const serve = async (work) => {
  console.log(JSON.stringify({ ready: true }));
  for await (const _ of createInterface({ input: process.stdin })) {
    const started = performance.now();
    const result = await work();
    console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, ...result }));
  }
};
