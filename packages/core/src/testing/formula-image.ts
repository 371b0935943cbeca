/**
 * The image that every independent reference output was made with, scaled to [-1, 1] unless told:
 * pixel = (7 row + 13 column + 29 channel + floor(row column / 17)) mod 256.
 */
export const formulaImage = (
  height: number,
  width: number,
  scale: (pixel: number) => number = (pixel) => pixel / 127.5 - 1,
): Float32Array => {
  const values = new Float32Array(height * width * 3);
  for (let index = 0; index < values.length; index++) {
    const channel = index % 3;
    const column = Math.floor(index / 3) % width;
    const row = Math.floor(index / 3 / width);
    values[index] = scale((7 * row + 13 * column + 29 * channel + Math.floor((row * column) / 17)) % 256);
  }
  return values;
};
