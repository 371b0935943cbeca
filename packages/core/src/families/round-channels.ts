/**
 * The multiple of `divisor` nearest to a scaled channel count, at least `divisor` and never more than 10 % below it:
 * the rounding of MobileNetV2 (Sandler et al. 2018) and EfficientNet.
 *
 * @example roundChannels(24 * 0.35, 8) // 8
 */
export const roundChannels = (channels: number, divisor: number): number => {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * channels ? rounded + divisor : rounded;
};
