/** Writes packed RGB bytes, looked up in a `pixelTable`, into a float32 array of the same length. */
export const normaliseByTable = (pixels: Uint8Array, table: Float32Array, into: Float32Array): void => {
  for (let index = 0; index < pixels.length; index += 3) {
    into[index] = table[pixels[index]! * 3]!;
    into[index + 1] = table[pixels[index + 1]! * 3 + 1]!;
    into[index + 2] = table[pixels[index + 2]! * 3 + 2]!;
  }
};
