const toFloat = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

let table: Float32Array | undefined;

/**
 * Widens little-endian IEEE 754 half floats, two bytes each; exact.
 *
 * @example halfToFloat(Uint8Array.of(0x00, 0x3c)) // Float32Array [1]
 */
export const halfToFloat = (bytes: Uint8Array): Float32Array => {
  table ??= Float32Array.from({ length: 0x10000 }, (_, half) => toFloat(half));
  const values = new Float32Array(bytes.length >> 1);
  for (let index = 0; index < values.length; index++) {
    values[index] = table[bytes[2 * index]! | (bytes[2 * index + 1]! << 8)]!;
  }
  return values;
};
