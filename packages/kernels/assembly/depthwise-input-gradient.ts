import {
  batchSize,
  dilationHeight,
  dilationWidth,
  filterHeight,
  filterWidth,
  inHeight,
  inWidth,
  outChannels,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  strideHeight,
  strideWidth,
} from './geometry';
import { at, count, fetch, multiplyAdd, put } from './lanes';

/** Sums gradient times filter over the listed pairs of addresses, for channels `from` to `to` of a pixel. */
function gatherPixel<Lanes>(pairs: usize, pairCount: i32, dx: usize, from: i32, to: i32): void {
  for (let c = from; c < to; c += count<Lanes>()) {
    let total = f32x4.splat(0);
    for (let pair = 0; pair < pairCount; pair++) {
      const entry = pairs + ((<usize>pair) << 3);
      total = multiplyAdd(
        total,
        fetch<Lanes>(at(load<usize>(entry), c)),
        fetch<Lanes>(at(load<usize>(entry, 4), c)),
      );
    }
    put<Lanes>(at(dx, c), total);
  }
}

/** The same for sixteen channels at a time, which reads the list a quarter as often; returns where it stopped. */
function gatherSixteens(pairs: usize, pairCount: i32, dx: usize, channels: i32): i32 {
  let c = 0;
  for (; c + 16 <= channels; c += 16) {
    let total0 = f32x4.splat(0);
    let total1 = f32x4.splat(0);
    let total2 = f32x4.splat(0);
    let total3 = f32x4.splat(0);
    for (let pair = 0; pair < pairCount; pair++) {
      const entry = pairs + ((<usize>pair) << 3);
      const dy = at(load<usize>(entry), c);
      const filter = at(load<usize>(entry, 4), c);
      total0 = multiplyAdd(total0, v128.load(dy), v128.load(filter));
      total1 = multiplyAdd(total1, v128.load(dy, 16), v128.load(filter, 16));
      total2 = multiplyAdd(total2, v128.load(dy, 32), v128.load(filter, 32));
      total3 = multiplyAdd(total3, v128.load(dy, 48), v128.load(filter, 48));
    }
    const out = at(dx, c);
    v128.store(out, total0);
    v128.store(out, total1, 16);
    v128.store(out, total2, 32);
    v128.store(out, total3, 48);
  }
  return c;
}

/** `distance / stride`, or -1 where the distance is negative or no multiple. Most strides are 1, and divisions slow. */
function quotient(distance: i32, stride: i32): i32 {
  if (stride === 1) return distance;
  const steps = distance / stride;
  return distance < 0 || steps * stride !== distance ? -1 : steps;
}

/** Lists the addresses of gradient and filter for every tap that saw the pixel; returns how many there are. */
function listPairs(
  dy: usize,
  filter: usize,
  geometry: usize,
  image: i32,
  row: i32,
  column: i32,
  pairs: usize,
): i32 {
  const channels = outChannels(geometry);
  const rows = outHeight(geometry);
  const columns = outWidth(geometry);
  const tapRows = filterHeight(geometry);
  const tapColumns = filterWidth(geometry);
  const rowStride = strideHeight(geometry);
  const columnStride = strideWidth(geometry);
  const rowDilation = dilationHeight(geometry);
  const columnDilation = dilationWidth(geometry);
  const bottom = row + padTop(geometry);
  const end = column + padLeft(geometry);
  let listed = pairs;
  for (let tapRow = 0; tapRow < tapRows; tapRow++) {
    const dyRow = quotient(bottom - tapRow * rowDilation, rowStride);
    if (dyRow < 0 || dyRow >= rows) continue;
    for (let tapColumn = 0; tapColumn < tapColumns; tapColumn++) {
      const dyColumn = quotient(end - tapColumn * columnDilation, columnStride);
      if (dyColumn < 0 || dyColumn >= columns) continue;
      const pixel = (image * rows + dyRow) * columns + dyColumn;
      store<usize>(listed, at(dy, pixel * channels));
      store<usize>(listed, at(filter, (tapRow * tapColumns + tapColumn) * channels), 4);
      listed += 8;
    }
  }
  return <i32>((listed - pairs) >> 3);
}

/** Gradient of a depthwise convolution's input, with a channel for each of dy's; `pairs` is [2 taps] of scratch. */
export function depthwiseInputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  pairs: usize,
  geometry: usize,
): void {
  const channels = outChannels(geometry);
  let pixel = dx;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < inHeight(geometry); row++) {
      for (let column = 0; column < inWidth(geometry); column++) {
        const pairCount = listPairs(dy, filter, geometry, image, row, column, pairs);
        const sixteens = gatherSixteens(pairs, pairCount, pixel, channels);
        gatherPixel<v128>(pairs, pairCount, pixel, sixteens, channels & ~3);
        gatherPixel<f32>(pairs, pairCount, pixel, channels & ~3, channels);
        pixel = at(pixel, channels);
      }
    }
  }
}
