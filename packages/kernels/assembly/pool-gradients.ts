import {
  batchSize,
  filterHeight,
  filterWidth,
  inChannels,
  inHeight,
  inWidth,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  strideHeight,
  strideWidth,
} from './geometry';
import { at, count, fetch, multiplyAdd, put } from './lanes';
import { windowEnd, windowStart } from './pool-window';

/** Adds dy to the first largest pixel of a window `rows` by `columns` at x. `width` is the image's. */
function passToLargest<Lanes>(
  x: usize,
  dy: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  width: i32,
  channels: i32,
  from: i32,
  to: i32,
): void {
  for (let c = from; c < to; c += count<Lanes>()) {
    let largest = fetch<Lanes>(at(x, c));
    let place = i32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const pixel = row * width + column;
        const value = fetch<Lanes>(at(x, pixel * channels + c));
        const larger = f32x4.gt(value, largest);
        largest = v128.bitselect(value, largest, larger);
        place = v128.bitselect(i32x4.splat(pixel), place, larger);
      }
    }
    const gradient = fetch<Lanes>(at(dy, c));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const pixel = row * width + column;
        const target = at(dx, pixel * channels + c);
        const chosen = i32x4.eq(place, i32x4.splat(pixel));
        put<Lanes>(target, f32x4.add(fetch<Lanes>(target), v128.and(gradient, chosen)));
      }
    }
  }
}

/** Gradient of max-pooling: dy goes to the first of a window's largest pixels. */
export function maxPoolGradient(x: usize, dy: usize, dx: usize, geometry: usize): void {
  const channels = inChannels(geometry);
  const width = inWidth(geometry);
  const height = inHeight(geometry);
  const whole = channels & ~3;
  memory.fill(dx, 0, (<usize>(batchSize(geometry) * height * width * channels)) << 2);
  let gradient = dy;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < outHeight(geometry); row++) {
      const top = windowStart(row, strideHeight(geometry), padTop(geometry));
      const rows =
        windowEnd(row, strideHeight(geometry), padTop(geometry), filterHeight(geometry), height) - top;
      for (let column = 0; column < outWidth(geometry); column++) {
        const left = windowStart(column, strideWidth(geometry), padLeft(geometry));
        const columns =
          windowEnd(column, strideWidth(geometry), padLeft(geometry), filterWidth(geometry), width) - left;
        const first = ((image * height + top) * width + left) * channels;
        if (rows > 0 && columns > 0) {
          // biome-ignore format: one line a width shows that only the range differs
          passToLargest<v128>(at(x, first), gradient, at(dx, first), rows, columns, width, channels, 0, whole);
          // biome-ignore format: as above
          passToLargest<f32>(at(x, first), gradient, at(dx, first), rows, columns, width, channels, whole, channels);
        }
        gradient = at(gradient, channels);
      }
    }
  }
}

/** Adds dy times `share` to every pixel of a window `rows` by `columns` at dx. */
function passToAll<Lanes>(
  dy: usize,
  dx: usize,
  share: f32,
  rows: i32,
  columns: i32,
  width: i32,
  channels: i32,
  from: i32,
  to: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const pixel = at(dx, (row * width + column) * channels);
      for (let c = from; c < to; c += count<Lanes>()) {
        const sum = multiplyAdd(fetch<Lanes>(at(pixel, c)), fetch<Lanes>(at(dy, c)), f32x4.splat(share));
        put<Lanes>(at(pixel, c), sum);
      }
    }
  }
}

/** Gradient of average-pooling: dy is shared by those of a window's pixels that lie in the image. */
export function averagePoolGradient(dy: usize, dx: usize, geometry: usize): void {
  const channels = inChannels(geometry);
  const width = inWidth(geometry);
  const height = inHeight(geometry);
  const whole = channels & ~3;
  memory.fill(dx, 0, (<usize>(batchSize(geometry) * height * width * channels)) << 2);
  let gradient = dy;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < outHeight(geometry); row++) {
      const top = windowStart(row, strideHeight(geometry), padTop(geometry));
      const rows =
        windowEnd(row, strideHeight(geometry), padTop(geometry), filterHeight(geometry), height) - top;
      for (let column = 0; column < outWidth(geometry); column++) {
        const left = windowStart(column, strideWidth(geometry), padLeft(geometry));
        const columns =
          windowEnd(column, strideWidth(geometry), padLeft(geometry), filterWidth(geometry), width) - left;
        const target = at(dx, ((image * height + top) * width + left) * channels);
        if (rows > 0 && columns > 0) {
          const share = <f32>1 / <f32>(rows * columns);
          passToAll<v128>(gradient, target, share, rows, columns, width, channels, 0, whole);
          passToAll<f32>(gradient, target, share, rows, columns, width, channels, whole, channels);
        }
        gradient = at(gradient, channels);
      }
    }
  }
}
