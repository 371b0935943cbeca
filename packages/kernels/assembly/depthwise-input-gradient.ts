import { sumPairs } from './depthwise-pixel';
import { convolveRow } from './depthwise-row';
import {
  batchSize,
  dilationHeight,
  dilationWidth,
  filterHeight,
  filterWidth,
  inHeight,
  inWidth,
  isPlainThreeByThree,
  outChannels,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  strideHeight,
  strideWidth,
} from './geometry';
import { at } from './lanes';

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
  const rows = outHeight(geometry);
  const columns = outWidth(geometry);
  const width = inWidth(geometry);
  const top = 2 - padTop(geometry);
  const left = 2 - padLeft(geometry);
  const slides = isPlainThreeByThree(geometry);
  const lastTap = at(filter, 8 * channels);
  const tapStep = <usize>0 - ((<usize>channels) << 2);
  let pixel = dx;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < inHeight(geometry); row++) {
      const first = row - top;
      if (slides && first >= 0 && first + 3 <= rows) {
        const from = at(dy, (image * rows + first) * columns * channels);
        convolveRow(from, lastTap, tapStep, 0, pixel, columns, width, left, -Infinity, Infinity, channels);
        pixel = at(pixel, width * channels);
        continue;
      }
      for (let column = 0; column < width; column++) {
        const pairCount = listPairs(dy, filter, geometry, image, row, column, pairs);
        sumPairs(pairs, pairCount, 0, pixel, -Infinity, Infinity, channels);
        pixel = at(pixel, channels);
      }
    }
  }
}
