import { registerWasmGradients } from '@regraft/kernels';
import { afterEach, expect, test } from 'vitest';
import { unfreezeAll } from '../grafting/freeze-plan.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { colouredImages } from '../testing/coloured-images.js';
import { networkBuilder } from '../testing/network-builder.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { memoryRoom, registerMemoryReader } from './memory-room.js';
import { explainFailure, fittingBatchSize, isAllocationFailure } from './out-of-memory.js';
import { stepMemory } from './step-memory.js';
import { train } from './train.js';

const { grow } = WebAssembly.Memory.prototype;

afterEach(() => {
  registerMemoryReader(() => Infinity);
  WebAssembly.Memory.prototype.grow = grow;
});

test.each([
  [new RangeError('Array buffer allocation failed'), true],
  [new RangeError('Invalid typed array length: 9007199254740991'), true],
  [new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64,112,112,96]'), true],
  [
    new Error(
      'Session fail to run with error: OOM when allocating tensor with shape[64]\n\t [[{{node op1}}]]',
    ),
    true,
  ],
  [new Error('Aborted(OOM). Build with -sASSERTIONS for more info.'), true],
  [new Error('disk gone'), false],
  [new TypeError('inputs is not iterable'), false],
  ['out of memory', false],
])('%s is an allocation that failed: %s', (error, expected) => {
  expect(isAllocationFailure(error)).toBe(expected);
});

/** 100 numbers in, 50 out: 150 values an image; 5050 weights. */
const dense = () => {
  const builder = networkBuilder([100]);
  return builder.finish(builder.dense(builder.input, 50));
};

test('a step is estimated from the sizes of values and weights', () => {
  expect(stepMemory(dense(), 8)).toBe(4 * (2 * 150 * 8 + 6 * 5050));
});

test('the batch is halved until a step should fit', () => {
  const values = networkBuilder([1000]);
  const network = values.finish(values.activation(values.input));
  expect(fittingBatchSize(network, 32, Infinity)).toBe(16);
  expect(fittingBatchSize(network, 5, Infinity)).toBe(2);
  expect(fittingBatchSize(network, 1, Infinity)).toBeNull();
  // 16 kB an image.
  expect(fittingBatchSize(network, 2 ** 22, 3 * 2 ** 30)).toBe(2 ** 17);
  expect(fittingBatchSize(network, 2 ** 22, 15_000)).toBeNull();
  // Of 2400 numbers for values and 30300 for weights no smaller batch saves much.
  expect(fittingBatchSize(dense(), 8, Infinity)).toBeNull();
});

test('what there is room for is what the process can have, and the backend', async () => {
  await useBackend('cpu');
  expect(memoryRoom()).toBe(Infinity);
  registerMemoryReader(() => 8e9);
  expect(memoryRoom()).toBe(4e9);
  await useBackend('wasm');
  expect(memoryRoom()).toBe(3 * 2 ** 30);
  registerMemoryReader(() => 1000);
  expect(memoryRoom()).toBe(500);
});

test('of what TensorFlow says, the line that tells is told, with a batch size for the room there was', () => {
  const values = networkBuilder([1000]);
  const network = values.finish(values.activation(values.input));
  const cause = new Error(
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64]\nHint: add report_tensor_allocations',
  );
  expect(explainFailure(cause, network, 64, 200_000)).toMatchObject({
    code: 'out-of-memory',
    message: expect.stringMatching(/\(OOM when allocating tensor with shape\[64\]\)\.$/),
    details: { batchSize: 64, suggestion: 8 },
    cause,
  });
});

test('a wasm heap that grows no further is told with a batch size, and no checkpoint is spoiled', async () => {
  await useBackend('wasm');
  registerWasmGradients();
  const model = graft(await tinyBackbone(), { head: replaceHead(['r', 'g', 'b']), freeze: unfreezeAll() });
  const training = colouredImages(6000);
  let checkpoints = 0;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
  };
  const work = train(
    model,
    { training },
    {
      batchSize: 6000,
      headFirst: false,
      checkpointSeconds: 0,
      onCheckpoint: () => {
        checkpoints++;
      },
    },
  );
  await expect(collectTraining(work)).rejects.toMatchObject({
    code: 'out-of-memory',
    message: expect.stringMatching(/a batch of 6000, which takes about \d+ MB on the engine "wasm"/),
    hint: expect.stringMatching(
      /^Try a batch size of 3000, which takes about \d+ MB, or unfreeze fewer blocks\.$/,
    ),
    details: { batchSize: 6000, suggestion: 3000 },
  });
  expect(checkpoints).toBe(0);
});
