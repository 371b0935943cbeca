/**
 * The smallest module with `f32x4.relaxed_madd`: a function of no parameters that applies it to three constants.
 * WebAssembly core specification 3.0, sections 5.4 and 5.5.
 */
const zeros = [0xfd, 0x0c, ...Array<number>(16).fill(0)];
const code = [0x00, ...zeros, ...zeros, ...zeros, 0xfd, 0x85, 0x02, 0x1a, 0x0b];
const probe = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, code.length + 2, 0x01, code.length, ...code],
]);

/** Whether this JavaScript engine compiles relaxed SIMD. */
export const hasRelaxedSimd = (): boolean => WebAssembly.validate(probe);
