export { registerWasmGradients } from './register-wasm-gradients.js';
