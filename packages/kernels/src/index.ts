export { registerNativeKernels } from './register-native-kernels.js';
export { registerWasmGradients } from './register-wasm-gradients.js';
