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
import { fittingBatchSize, isAllocationFailure } from './out-of-memory.js';
import { stepMemory } from './step-memory.js';
import { train } from './train.js';

const { grow } = WebAssembly.Memory.prototype;

afterEach(() => {
  WebAssembly.Memory.prototype.grow = grow;
});

test.each([
  [new RangeError('Array buffer allocation failed'), true],
  [new RangeError('Invalid typed array length: 9007199254740991'), true],
  [new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64,112,112,96]'), true],
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
  expect(fittingBatchSize(network, 32, 'cpu')).toBe(16);
  expect(fittingBatchSize(network, 5, 'cpu')).toBe(2);
  expect(fittingBatchSize(network, 1, 'cpu')).toBeNull();
  // 16 kB an image, and wasm has 3 GiB of room.
  expect(fittingBatchSize(network, 2 ** 22, 'wasm')).toBe(2 ** 17);
  // Of 2400 numbers for values and 30300 for weights no smaller batch saves much.
  expect(fittingBatchSize(dense(), 8, 'cpu')).toBeNull();
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
