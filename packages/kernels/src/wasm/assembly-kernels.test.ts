import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { assembly } from '../generated/assembly.js';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { allowRelaxedSimd } from '../testing/allow-relaxed-simd.js';
import { randomValues } from '../testing/random-values.js';
import { runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';
import { assemblyKernels } from './assembly-kernels.js';
import type { WasmBackend } from './wasm-backend.js';

/** The numbers of a module's sections (WebAssembly core specification 2.0, section 5.5). */
const sectionsOf = (bytes: Uint8Array): number[] => {
  const sections: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    sections.push(bytes[at++]!);
    let [size, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++]!;
      size |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    at += size;
  }
  return sections;
};

beforeAll(async () => {
  allowRelaxedSimd();
  registerWasmGradients();
  await useBackend('wasm');
});

describe.each(Object.entries(assembly))('the module %s', (_name, base64) => {
  test('writes nothing into the memory by itself: no data, no start function', () => {
    const [data, start] = [11, 8];
    const sections = sectionsOf(Buffer.from(base64, 'base64'));
    expect(sections).not.toContain(data);
    expect(sections).not.toContain(start);
  });

  test('imports a memory and nothing else, and is small', () => {
    const bytes = Buffer.from(base64, 'base64');
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
    expect(bytes.length).toBeLessThan(20_000);
  });
});

test('the kernels run on a memory that threads share', () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536, shared: true });
  const values = new Float32Array(memory.buffer, 1024, 6);
  values.set([1, 2, 3, 4, 5, 6]);
  assemblyKernels({ wasm: { wasmMemory: memory } } as WasmBackend).columnSums(1024, 4096, 8192, 2, 3, 1);
  expect([...new Float32Array(memory.buffer, 4096, 3)]).toEqual([5, 7, 9]);
});

test('a backend without a memory is refused', () => {
  expect(() => assemblyKernels({ wasm: {} } as WasmBackend)).toThrow('a backend without it');
});

test('results are the same after the memory has grown', () => {
  const { values } = randomValues(71);
  const [x, dy] = [values([2, 9, 9, 5]), values([2, 9, 9, 7])];
  const run = {
    kernel: 'Conv2DBackpropFilter',
    inputs: { x, dy },
    attributes: { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [3, 3, 5, 7] },
  };
  const before = runKernel(run);
  const { memory } = (tf.backend() as unknown as WasmBackend).wasm.asm!;
  const size = memory!.buffer.byteLength;
  const ballast: tf.Tensor[] = [];
  while (memory!.buffer.byteLength === size) ballast.push(tf.zeros([1 << 22]));
  expect(runKernel(run)).toEqual(before);
  tf.dispose(ballast);
  expect(runKernel(run)).toEqual(before);
});
