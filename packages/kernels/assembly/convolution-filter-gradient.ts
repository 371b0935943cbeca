import {
  batchSize,
  dilationHeight,
  dilationWidth,
  filterHeight,
  filterWidth,
  inChannels,
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
import { at, loadFirst } from './lanes';
import { addProductTile } from './product-tile';

/**
 * Output pixels in one product, few enough that the panels packed of them stay in the cache. Not a power of two: panels
 * would all begin at the same few places of the cache.
 */
const depthLimit = 248;

/** Input channels in one product. */
const rowLimit = 64;

/** How many values of scratch `convolutionFilterGradient` needs. */
export function convolutionFilterGradientScratch(filters: i32): i32 {
  return 8 + depthLimit + depthLimit * (rowLimit + ((filters + 7) & ~7));
}

/** Copies dy [depth, filters] into panels [depth, 8] one after another, the last one filled up with zeros. */
function packGradient(dy: usize, depth: i32, filters: i32, panels: usize): void {
  const panel = (<usize>depth) << 5;
  for (let k = 0; k < depth; k++) {
    let from = at(dy, k * filters);
    let to = panels + ((<usize>k) << 5);
    let filter = 0;
    for (; filter + 8 <= filters; filter += 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += 32;
      to += panel;
    }
    if (filter === filters) continue;
    memory.fill(to, 0, 32);
    memory.copy(to, from, (<usize>(filters - filter)) << 2);
  }
}

/** Lists the address of the pixel that the tap sees from each of the output's pixels; 0 where it sees the padding. */
function listPixels(
  x: usize,
  geometry: usize,
  first: i32,
  depth: i32,
  tapRow: i32,
  tapColumn: i32,
  list: usize,
): void {
  const channels = inChannels(geometry);
  const height = inHeight(geometry);
  const width = inWidth(geometry);
  const rows = outHeight(geometry);
  const columns = outWidth(geometry);
  const down = strideHeight(geometry);
  const right = strideWidth(geometry);
  const top = tapRow * dilationHeight(geometry) - padTop(geometry);
  const left = tapColumn * dilationWidth(geometry) - padLeft(geometry);
  const area = rows * columns;
  let image = first / area;
  let row = (first % area) / columns;
  let column = first % columns;
  for (let k = 0; k < depth; k++) {
    const xRow = row * down + top;
    const xColumn = column * right + left;
    const inside = xRow >= 0 && xRow < height && xColumn >= 0 && xColumn < width;
    const pixel = (image * height + xRow) * width + xColumn;
    store<usize>(at(list, k), inside ? at(x, pixel * channels) : 0);
    if (++column < columns) continue;
    column = 0;
    if (++row < rows) continue;
    row = 0;
    image++;
  }
}

/** Copies `channels` channels of the listed pixels into panels [depth, 4], the last one filled up with zeros. */
function packPixels(list: usize, depth: i32, channel: i32, channels: i32, panels: usize): void {
  const panel = (<usize>depth) << 4;
  const whole = channels & ~3;
  for (let k = 0; k < depth; k++) {
    const pixel = load<usize>(at(list, k));
    const from = at(pixel, channel);
    let to = panels + ((<usize>k) << 4);
    for (let c = 0; c < whole; c += 4) {
      v128.store(to, pixel === 0 ? f32x4.splat(0) : v128.load(at(from, c)));
      to += panel;
    }
    if (whole === channels) continue;
    v128.store(to, pixel === 0 ? f32x4.splat(0) : loadFirst(at(from, whole), channels - whole));
  }
}

/** Gradient of a convolution's filter: for each tap the pixels it saw, transposed, times the output's gradient. */
export function convolutionFilterGradient(
  x: usize,
  dy: usize,
  dfilter: usize,
  scratch: usize,
  geometry: usize,
): void {
  const channels = inChannels(geometry);
  const filters = outChannels(geometry);
  const pixels = batchSize(geometry) * outHeight(geometry) * outWidth(geometry);
  const taps = filterHeight(geometry) * filterWidth(geometry);
  const list = at(scratch, 8);
  const rowPanels = at(list, depthLimit);
  const columnPanels = at(rowPanels, depthLimit * rowLimit);
  memory.fill(dfilter, 0, (<usize>(taps * channels * filters)) << 2);
  for (let first = 0; first < pixels; first += depthLimit) {
    const depth = min(depthLimit, pixels - first);
    packGradient(at(dy, first * filters), depth, filters, columnPanels);
    for (let tap = 0; tap < taps; tap++) {
      const tapRow = tap / filterWidth(geometry);
      const tapColumn = tap % filterWidth(geometry);
      listPixels(x, geometry, first, depth, tapRow, tapColumn, list);
      for (let channel = 0; channel < channels; channel += rowLimit) {
        const rows = min(rowLimit, channels - channel);
        packPixels(list, depth, channel, rows, rowPanels);
        const target = at(dfilter, (tap * channels + channel) * filters);
        addProduct(rowPanels, columnPanels, depth, target, rows, filters, scratch);
      }
    }
  }
}

/** Adds the product of all row panels with all column panels to c [rows, columns]. */
function addProduct(
  rowPanels: usize,
  columnPanels: usize,
  depth: i32,
  c: usize,
  rows: i32,
  columns: i32,
  spill: usize,
): void {
  for (let column = 0; column < columns; column += 8) {
    const b = at(columnPanels, column * depth);
    for (let row = 0; row < rows; row += 4) {
      const target = at(c, row * columns + column);
      const a = at(rowPanels, row * depth);
      const stride = (<usize>columns) << 2;
      addProductTile(a, b, depth, target, stride, rows - row, columns - column, spill);
    }
  }
}
