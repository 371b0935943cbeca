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
import { at, fetch, multiplyAdd, put } from './lanes';

/** The first output column at which a tap that is `offset` off the window's first column lies in the image. */
function firstColumn(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** The output column from which on that tap lies behind the image. */
function endColumn(offset: i32, stride: i32, inputWidth: i32, outputWidth: i32): i32 {
  const room = inputWidth - offset;
  return room <= 0 ? 0 : min((room + stride - 1) / stride, outputWidth);
}

/** Adds what the columns `from` to `to` of a row say of one tap. */
function addTap<Lanes>(x: usize, dy: usize, xStep: usize, dyStep: usize, columns: i32, sum: usize): void {
  let total = fetch<Lanes>(sum);
  for (let column = 0; column < columns; column++) {
    total = multiplyAdd(total, fetch<Lanes>(dy), fetch<Lanes>(x));
    x += xStep;
    dy += dyStep;
  }
  put<Lanes>(sum, total);
}

/** Adds what a row's columns say of three neighbouring taps, whose pixels are `tapStep` apart. */
function addThreeTaps<Lanes>(
  x: usize,
  dy: usize,
  xStep: usize,
  dyStep: usize,
  tapStep: usize,
  columns: i32,
  sum: usize,
): void {
  const twoSteps = tapStep << 1;
  let total0 = f32x4.splat(0);
  let total1 = f32x4.splat(0);
  let total2 = f32x4.splat(0);
  for (let column = 0; column < columns; column++) {
    const gradient = fetch<Lanes>(dy);
    total0 = multiplyAdd(total0, gradient, fetch<Lanes>(x));
    total1 = multiplyAdd(total1, gradient, fetch<Lanes>(x + tapStep));
    total2 = multiplyAdd(total2, gradient, fetch<Lanes>(x + twoSteps));
    x += xStep;
    dy += dyStep;
  }
  put<Lanes>(sum, f32x4.add(fetch<Lanes>(sum), total0));
  put<Lanes>(sum + dyStep, f32x4.add(fetch<Lanes>(sum + dyStep), total1));
  put<Lanes>(sum + 2 * dyStep, f32x4.add(fetch<Lanes>(sum + 2 * dyStep), total2));
}

/** Adds what one row of the output says of one row of the filter. */
function addRow(xRow: usize, dyRow: usize, filterRow: usize, geometry: usize): void {
  const channels = outChannels(geometry);
  const stride = strideWidth(geometry);
  const dilation = dilationWidth(geometry);
  const left = padLeft(geometry);
  const taps = filterWidth(geometry);
  const width = inWidth(geometry);
  const outputWidth = outWidth(geometry);
  const pixel = (<usize>channels) << 2;
  const xStep = pixel * stride;
  const whole = channels & ~3;
  let tap = 0;
  for (; tap + 3 <= taps; tap += 3) {
    const offset = tap * dilation - left;
    const from = firstColumn(offset, stride);
    const to = max(from, endColumn(offset + 2 * dilation, stride, width, outputWidth));
    const x = at(xRow, (from * stride + offset) * channels);
    const dy = at(dyRow, from * channels);
    const sum = at(filterRow, tap * channels);
    const tapStep = pixel * dilation;
    for (let c = 0; c < whole; c += 4)
      addThreeTaps<v128>(at(x, c), at(dy, c), xStep, pixel, tapStep, to - from, at(sum, c));
    for (let c = whole; c < channels; c++)
      addThreeTaps<f32>(at(x, c), at(dy, c), xStep, pixel, tapStep, to - from, at(sum, c));
    for (let single = 0; single < 3; single++) {
      addColumns(xRow, dyRow, filterRow, geometry, tap + single, 0, from);
      addColumns(xRow, dyRow, filterRow, geometry, tap + single, to, outputWidth);
    }
  }
  for (; tap < taps; tap++) addColumns(xRow, dyRow, filterRow, geometry, tap, 0, outputWidth);
}

/** Adds what those of the output columns `start` to `stop` that have the tap in the image say of it. */
function addColumns(
  xRow: usize,
  dyRow: usize,
  filterRow: usize,
  geometry: usize,
  tap: i32,
  start: i32,
  stop: i32,
): void {
  const channels = outChannels(geometry);
  const stride = strideWidth(geometry);
  const offset = tap * dilationWidth(geometry) - padLeft(geometry);
  const from = max(start, firstColumn(offset, stride));
  const to = min(stop, endColumn(offset, stride, inWidth(geometry), outWidth(geometry)));
  if (to <= from) return;
  const pixel = (<usize>channels) << 2;
  const whole = channels & ~3;
  const x = at(xRow, (from * stride + offset) * channels);
  const dy = at(dyRow, from * channels);
  const sum = at(filterRow, tap * channels);
  for (let c = 0; c < whole; c += 4)
    addTap<v128>(at(x, c), at(dy, c), pixel * stride, pixel, to - from, at(sum, c));
  for (let c = whole; c < channels; c++)
    addTap<f32>(at(x, c), at(dy, c), pixel * stride, pixel, to - from, at(sum, c));
}

/** Gradient of a depthwise filter; x has been repeated so that it has a channel for each of dy's. */
export function depthwiseFilterGradient(x: usize, dy: usize, dfilter: usize, geometry: usize): void {
  const channels = outChannels(geometry);
  const taps = filterWidth(geometry);
  memory.fill(dfilter, 0, (<usize>(filterHeight(geometry) * taps * channels)) << 2);
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < outHeight(geometry); row++) {
      const dyRow = at(dy, (image * outHeight(geometry) + row) * outWidth(geometry) * channels);
      for (let tap = 0; tap < filterHeight(geometry); tap++) {
        const xRow = row * strideHeight(geometry) + tap * dilationHeight(geometry) - padTop(geometry);
        if (xRow < 0 || xRow >= inHeight(geometry)) continue;
        const first = (image * inHeight(geometry) + xRow) * inWidth(geometry) * channels;
        addRow(at(x, first), dyRow, at(dfilter, tap * taps * channels), geometry);
      }
    }
  }
}
