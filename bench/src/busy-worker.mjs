/** Decodes files with plain sharp, or runs a trunk with plain onnxruntime, with nothing else in the way. */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { openSegments } from './open-segments.mjs';

const { files, segments, side } = workerData;
sharp.cache(false);
sharp.concurrency(1);

const decodeAll = async () => {
  for (const file of files)
    await sharp(file).resize(side, side, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
};

const prepareTrunk = async () => {
  const run = await openSegments(segments);
  const pixels = new Float32Array(side * side * 3).fill(0.1);
  await run(pixels);
  return async () => {
    for (let index = 0; index < files.length; index++) await run(pixels);
  };
};

const work = segments ? await prepareTrunk() : decodeAll;
parentPort.once('message', async () => {
  await work();
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
