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

/** Lists the addresses of pixel and tap for every tap that sees the image; returns how many there are. */
function listPairs(
  x: usize,
  filter: usize,
  geometry: usize,
  image: i32,
  row: i32,
  column: i32,
  pairs: usize,
): i32 {
  const channels = outChannels(geometry);
  const height = inHeight(geometry);
  const width = inWidth(geometry);
  const tapRows = filterHeight(geometry);
  const tapColumns = filterWidth(geometry);
  const rowDilation = dilationHeight(geometry);
  const columnDilation = dilationWidth(geometry);
  const top = row * strideHeight(geometry) - padTop(geometry);
  const left = column * strideWidth(geometry) - padLeft(geometry);
  let listed = pairs;
  for (let tapRow = 0; tapRow < tapRows; tapRow++) {
    const xRow = top + tapRow * rowDilation;
    if (xRow < 0 || xRow >= height) continue;
    for (let tapColumn = 0; tapColumn < tapColumns; tapColumn++) {
      const xColumn = left + tapColumn * columnDilation;
      if (xColumn < 0 || xColumn >= width) continue;
      store<usize>(listed, at(x, ((image * height + xRow) * width + xColumn) * channels));
      store<usize>(listed, at(filter, (tapRow * tapColumns + tapColumn) * channels), 4);
      listed += 8;
    }
  }
  return <i32>((listed - pairs) >> 3);
}

/**
 * Depthwise convolution by one filter a channel, plus the bias if it isn't 0, held between `low` and `high`; `pairs` is
 * [2 taps] of scratch.
 */
export function depthwiseConvolution(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  pairs: usize,
  geometry: usize,
  low: f32,
  high: f32,
): void {
  const channels = outChannels(geometry);
  const height = inHeight(geometry);
  const width = inWidth(geometry);
  const columns = outWidth(geometry);
  const left = padLeft(geometry);
  const slides = isPlainThreeByThree(geometry);
  const tapStep = (<usize>channels) << 2;
  let pixel = y;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < outHeight(geometry); row++) {
      const first = row - padTop(geometry);
      if (slides && first >= 0 && first + 3 <= height) {
        const from = at(x, (image * height + first) * width * channels);
        convolveRow(from, filter, tapStep, bias, pixel, width, columns, left, low, high, channels);
        pixel = at(pixel, columns * channels);
        continue;
      }
      for (let column = 0; column < columns; column++) {
        const pairCount = listPairs(x, filter, geometry, image, row, column, pairs);
        sumPairs(pairs, pairCount, bias, pixel, low, high, channels);
        pixel = at(pixel, channels);
      }
    }
  }
}
