import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { allowRelaxedSimd } from '../testing/allow-relaxed-simd.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { fuzzRuns } from '../testing/fuzz-runs.js';
import { useBackend } from '../testing/use-backend.js';
import { hasRelaxedSimd } from './has-relaxed-simd.js';

const shapes = 2000;

beforeAll(async () => {
  allowRelaxedSimd();
  registerWasmGradients();
  await useBackend('wasm');
});

test(`the kernels with relaxed SIMD agree with the cpu backend over ${shapes} shapes`, async () => {
  expect(hasRelaxedSimd()).toBe(true);
  const runs = fuzzRuns(shapes);
  expect(new Set(runs.map(({ kernel }) => kernel)).size).toBe(10);
  await expectAgreementWithCpu(runs);
});
