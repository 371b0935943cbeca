import { assembly } from '../generated/assembly.js';
import { hasRelaxedSimd } from './has-relaxed-simd.js';
import type { WasmBackend } from './wasm-backend.js';

/** A function of assembly/index.ts: addresses, sizes and single numbers, in the order it declares. */
type AssemblyKernel = (...parameters: number[]) => number;

type AssemblyKernelName =
  | 'adamWStep'
  | 'averagePoolGradient'
  | 'batchNorm'
  | 'batchNormGradient'
  | 'batchNormTrain'
  | 'columnSums'
  | 'convolutionFilterGradient'
  | 'convolutionFilterGradientScratch'
  | 'convolutionInputGradient'
  | 'convolutionInputGradientScratch'
  | 'copyRows'
  | 'depthwiseConvolution'
  | 'depthwiseFilterGradient'
  | 'depthwiseInputGradient'
  | 'hardSwishGradient'
  | 'maxPoolGradient'
  | 'moveStatistics'
  | 'pixelProduct'
  | 'pixelProductScratch'
  | 'rectifiedSums'
  | 'relu6Gradient'
  | 'reluGradient'
  | 'repeatValues'
  | 'sgdMomentumStep'
  | 'sumNeighbours'
  | 'swishGradient';

export type AssemblyKernels = Readonly<Record<AssemblyKernelName, AssemblyKernel>>;

const instances = new WeakMap<WasmBackend, AssemblyKernels>();

const decode = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const instantiate = ({ wasm }: WasmBackend): AssemblyKernels => {
  const memory = wasm.asm?.memory ?? wasm.wasmMemory;
  if (memory === undefined) {
    throw new Error('The kernels need the memory of tfjs-backend-wasm 4.22. Received: a backend without it');
  }
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const name = `${shared ? 'shared' : 'own'}${hasRelaxedSimd() ? 'Relaxed' : ''}` as const;
  const module = new WebAssembly.Module(decode(assembly[name]));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as AssemblyKernels;
};

/** The compiled kernels on the backend's own memory; instantiated when a backend first asks. */
export const assemblyKernels = (backend: WasmBackend): AssemblyKernels => {
  const kernels = instances.get(backend) ?? instantiate(backend);
  instances.set(backend, kernels);
  return kernels;
};
