import { beforeAll, expect, test, vi } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { fuzzRuns } from '../testing/fuzz-runs.js';
import { useBackend } from '../testing/use-backend.js';

vi.mock('./has-relaxed-simd.js', () => ({ hasRelaxedSimd: () => false }));

const shapes = 2000;

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test(`the kernels without relaxed SIMD agree with the cpu backend over ${shapes} shapes`, async () => {
  const runs = fuzzRuns(shapes);
  expect(new Set(runs.map(({ kernel }) => kernel)).size).toBe(10);
  await expectAgreementWithCpu(runs);
});
