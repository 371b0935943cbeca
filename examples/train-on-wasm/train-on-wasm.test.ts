import { expect, test } from 'vitest';

test('the example trains a LayersModel with convolutions on the wasm backend', async () => {
  const { backend, losses, accuracies } = await import('./train-on-wasm.js');
  expect(backend).toBe('wasm');
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
  expect(accuracies.at(-1)!).toBeGreaterThan(0.95);
});
