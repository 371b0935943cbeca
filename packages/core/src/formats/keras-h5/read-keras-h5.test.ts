import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { gunzipSync } from 'fflate';
import { beforeAll, expect, test, vi } from 'vitest';
import { formulaImage } from '../../testing/formula-image.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { relativeDifference } from '../../testing/relative-difference.js';
import { runNetwork } from '../../testing/run-network.js';
import { useBackend } from '../../testing/use-backend.js';
import { readKerasH5 } from './read-keras-h5.js';
import { readKerasWeights } from './read-keras-weights.js';

beforeAll(() => useBackend('cpu'));

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const h5 = (name: string): Uint8Array => gunzipSync(fixture(`${name}.h5.gz`));

test.each(['keras-2-sequential', 'keras-2-functional', 'keras-3-functional'])(
  '%s gives the outputs Keras gave',
  async (name) => {
    const { network } = await readKerasH5(h5(name));
    const { output } = JSON.parse(fixture(`${name}.json`).toString()) as { output: number[] };
    expect(relativeDifference(runNetwork(network, formulaImage(12, 12)), output)).toBeLessThan(1e-5);
  },
);

test('warnings say what is kept as it is, left out or changed', async () => {
  const sequential = await readKerasH5(h5('keras-2-sequential'));
  expect(sequential.warnings).toEqual([
    expect.stringMatching(/\(Activation\) is run by TensorFlow\.js as it is/),
  ]);
  const functional = await readKerasH5(h5('keras-3-functional'));
  expect(functional.warnings).toEqual([expect.stringMatching(/\(RandomFlip\) acts in training only/)]);
});

test('weights keep the names of the file, of Keras 2 and of Keras 3', async () => {
  const keras2 = await readKerasH5(h5('keras-2-functional'));
  expect([...keras2.network.weights.keys()]).toEqual(
    expect.arrayContaining(['shared/bias', 'dense_1/kernel']),
  );
  const keras3 = await readKerasH5(h5('keras-3-functional'));
  expect([...keras3.network.weights.keys()]).toContain('inner/batch_normalization/moving_mean');
});

test('readKerasWeights gives every weight of a whole model too', async () => {
  const weights = await readKerasWeights(h5('keras-2-functional'));
  expect(weights.get('shared/kernel')?.shape).toEqual([3, 3, 4, 4]);
});

test('numbered weights of Keras 3 are refused with what to do', async () => {
  await expect(readKerasWeights(h5('keras-3.weights').slice())).rejects.toMatchObject({
    code: 'weights-unsupported',
    hint: expect.stringContaining("model.save('model.h5')"),
  });
});

test('bytes that are not HDF5, cut off or broken are unreadable, and nothing is printed', async () => {
  const print = vi.spyOn(console, 'error');
  const whole = h5('keras-2-sequential');
  const broken = Uint8Array.from(whole, (byte, index) => (index > 100 && index < 3000 ? 0 : byte));
  for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), whole.subarray(0, 20_000), broken]) {
    await expect(readKerasH5(bytes)).rejects.toMatchObject({ code: 'weights-unreadable' });
  }
  expect(print).not.toHaveBeenCalled();
});

test('damaged and random files give a network or a RegraftError, never anything else', async () => {
  const whole = h5('keras-2-functional');
  const truncated = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
  const random = fc
    .uint8Array({ maxLength: 300 })
    .map((rest) => Uint8Array.of(...whole.subarray(0, 8), ...rest));
  await fc.assert(
    fc.asyncProperty(fc.oneof(truncated, random), async (bytes) => {
      expect((await regraftErrorOf(() => readKerasH5(bytes))).code).toBe('weights-unreadable');
    }),
    { numRuns: 200 },
  );
  expect((await readKerasH5(whole)).network.nodes.length).toBeGreaterThan(0);
});
