/** Red, green, blue, and how much of the picture it hides. */
const cold = [26, 20, 66, 0.82] as const;
const hot = [255, 176, 0, 0.22] as const;

/**
 * Lays a heat map over RGB pixels, both `[height, width]`: where `heat` is 0 the picture sinks into dark blue, where
 * it is 255 it stands in warm light; so it reads on light and dark pictures and pages, and without telling colours apart.
 */
export const paintHeat = (pixels: Uint8Array, heat: Uint8Array): Uint8Array => {
  const painted = new Uint8Array(pixels.length);
  for (let index = 0; index < pixels.length; index++) {
    const channel = index % 3;
    const share = heat[Math.floor(index / 3)]! / 255;
    const mix = (part: number): number => cold[part]! + share * (hot[part]! - cold[part]!);
    painted[index] = Math.round(pixels[index]! + mix(3) * (mix(channel) - pixels[index]!));
  }
  return painted;
};
