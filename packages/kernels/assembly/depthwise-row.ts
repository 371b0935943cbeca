import { at, count, fetch, multiplyAdd, put } from './lanes';
import { hold } from './limits';

function slide<Lanes>(
  x: usize,
  rowStep: usize,
  filter: usize,
  tapStep: usize,
  bias: usize,
  y: usize,
  width: i32,
  outputWidth: i32,
  pad: i32,
  low: f32,
  high: f32,
  channels: i32,
  from: i32,
  to: i32,
): void {
  const pixel = (<usize>channels) << 2;
  for (let c = from; c < to; c += count<Lanes>()) {
    const offset = (<usize>c) << 2;
    const tap = filter + offset;
    const tap00 = fetch<Lanes>(tap);
    const tap01 = fetch<Lanes>(tap + tapStep);
    const tap02 = fetch<Lanes>(tap + 2 * tapStep);
    const tap10 = fetch<Lanes>(tap + 3 * tapStep);
    const tap11 = fetch<Lanes>(tap + 4 * tapStep);
    const tap12 = fetch<Lanes>(tap + 5 * tapStep);
    const tap20 = fetch<Lanes>(tap + 6 * tapStep);
    const tap21 = fetch<Lanes>(tap + 7 * tapStep);
    const tap22 = fetch<Lanes>(tap + 8 * tapStep);
    const start = bias === 0 ? f32x4.splat(0) : fetch<Lanes>(bias + offset);
    let ending = start;
    let middle = start;
    let row0 = x + offset;
    let row1 = row0 + rowStep;
    let row2 = row1 + rowStep;
    let out = at(y, (pad - 2) * channels + c);
    for (let column = pad - 2; column < width + pad - 2; column++) {
      const x0 = fetch<Lanes>(row0);
      const x1 = fetch<Lanes>(row1);
      const x2 = fetch<Lanes>(row2);
      ending = multiplyAdd(multiplyAdd(multiplyAdd(ending, x0, tap02), x1, tap12), x2, tap22);
      if (column >= 0) put<Lanes>(out, hold(ending, low, high));
      ending = multiplyAdd(multiplyAdd(multiplyAdd(middle, x0, tap01), x1, tap11), x2, tap21);
      middle = multiplyAdd(multiplyAdd(multiplyAdd(start, x0, tap00), x1, tap10), x2, tap20);
      row0 += pixel;
      row1 += pixel;
      row2 += pixel;
      out += pixel;
    }
    const last = width + pad - 2;
    if (last >= 0 && last < outputWidth) put<Lanes>(out, hold(ending, low, high));
    if (last + 1 < outputWidth) put<Lanes>(out + pixel, hold(middle, low, high));
  }
}

/**
 * A row of a depthwise 3x3 convolution of stride 1 from the three rows at x, all of them in the image, with `pad`
 * columns of padding before them and at most two behind them. Taps are `tapStep` bytes apart; the bias is added if it
 * isn't 0, and the row held between limits. The taps stay in registers while each pixel is read once for the three
 * outputs it goes into.
 */
export function convolveRow(
  x: usize,
  filter: usize,
  tapStep: usize,
  bias: usize,
  y: usize,
  width: i32,
  outputWidth: i32,
  pad: i32,
  low: f32,
  high: f32,
  channels: i32,
): void {
  const rowStep = (<usize>(width * channels)) << 2;
  const whole = channels & ~3;
  // biome-ignore format: one line a width shows that only the range differs
  slide<v128>(x, rowStep, filter, tapStep, bias, y, width, outputWidth, pad, low, high, channels, 0, whole);
  // biome-ignore format: as above
  slide<f32>(x, rowStep, filter, tapStep, bias, y, width, outputWidth, pad, low, high, channels, whole, channels);
}
