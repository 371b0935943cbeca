/** The image of the reference files: `(7 row + 13 column + 29 channel + floor(row column / 17)) mod 256`, RGB bytes. */
export const formulaImage = (side: number): Uint8Array => {
  const pixels = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = 7 * row + 13 * column + 29 * channel + Math.floor((row * column) / 17);
        pixels[(row * side + column) * 3 + channel] = value % 256;
      }
    }
  }
  return pixels;
};
