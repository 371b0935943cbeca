import { setFlagsFromString } from 'node:v8';
import { hasRelaxedSimd } from '../wasm/has-relaxed-simd.js';

/** Has the kernels that are made from here on use relaxed SIMD; Node 20 has it behind a flag. */
export const allowRelaxedSimd = (): void => {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
};
