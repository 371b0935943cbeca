/** Decodes files with plain sharp, or runs a trunk with plain onnxruntime, with nothing else in the way. */
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

const { files, onnx, side } = workerData;
sharp.cache(false);
sharp.concurrency(1);

const decodeAll = async () => {
  for (const file of files)
    await sharp(file).resize(side, side, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
};

const prepareTrunk = async () => {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const input = new Tensor('float32', new Float32Array(side * side * 3).fill(0.1), [1, side, side, 3]);
  await session.run({ input });
  return async () => {
    for (let index = 0; index < files.length; index++) await session.run({ input });
  };
};

const work = onnx ? await prepareTrunk() : decodeAll;
parentPort.once('message', async () => {
  await work();
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
