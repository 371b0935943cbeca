import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { multiplyAdds } from './multiply-adds.js';

test('counts each kernel once for every place it is put at', () => {
  const builder = networkBuilder([8, 8, 3], 1);
  const convolved = builder.conv(builder.input, 4, { kernel: [3, 3], strides: [2, 2] });
  const filtered = builder.depthwise(convolved, { kernel: [3, 3] });
  const network = builder.finish(builder.globalPool(builder.conv(filtered, 6, { kernel: [1, 1] })));
  expect(multiplyAdds(network)).toBe(16 * 3 * 3 * 3 * 4 + 16 * 3 * 3 * 4 + 16 * 4 * 6);
});
