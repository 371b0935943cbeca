import { sumGatheredTile } from './gathered-tile';
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
import { at } from './lanes';

/** Tiles that are computed against one panel of the filter before the next one is read. */
const tileLimit = 64;

/** Values that describe a tile: its first pixel, how many there are, how many taps saw them. */
const header = 3;

/** Values that a tile has for each tap: where it stands in a panel, and the addresses of four pixels of dy. */
const tapEntry = 5;

function tileEntry(taps: i32): i32 {
  return header + tapEntry * taps;
}

/** How many values of scratch `convolutionInputGradient` needs. */
export function convolutionInputGradientScratch(channels: i32, filters: i32, taps: i32): i32 {
  return 8 + filters + tileLimit * tileEntry(taps) + ((channels + 7) & ~7) * filters * taps;
}

/** Copies the filter [taps, channels, filters] into panels [taps, filters, 8 channels], filled up with zeros. */
function packFilter(filter: usize, geometry: usize, panels: usize): void {
  const channels = inChannels(geometry);
  const filters = outChannels(geometry);
  const taps = filterHeight(geometry) * filterWidth(geometry);
  let to = panels;
  for (let channel = 0; channel < channels; channel += 8) {
    const rows = min(8, channels - channel);
    for (let tap = 0; tap < taps; tap++) {
      for (let f = 0; f < filters; f++) {
        let from = at(filter, (tap * channels + channel) * filters + f);
        for (let row = 0; row < 8; row++) {
          store<f32>(at(to, row), row < rows ? load<f32>(from) : 0);
          from = at(from, filters);
        }
        to += 32;
      }
    }
  }
}

/** Describes the tile of `pixels` pixels of dx from `column` on, a stride apart, so that they meet the same taps. */
function describeTile(
  dy: usize,
  dx: usize,
  geometry: usize,
  image: i32,
  row: i32,
  column: i32,
  pixels: i32,
  zeros: usize,
  tile: usize,
): void {
  const filters = outChannels(geometry);
  const width = outWidth(geometry);
  let seen = 0;
  let entry = at(tile, header);
  for (let tapRow = 0; tapRow < filterHeight(geometry); tapRow++) {
    const down = row + padTop(geometry) - tapRow * dilationHeight(geometry);
    const dyRow = down / strideHeight(geometry);
    if (down < 0 || down % strideHeight(geometry) !== 0 || dyRow >= outHeight(geometry)) continue;
    const rowStart = (image * outHeight(geometry) + dyRow) * width;
    for (let tapColumn = 0; tapColumn < filterWidth(geometry); tapColumn++) {
      const right = column + padLeft(geometry) - tapColumn * dilationWidth(geometry);
      if (right % strideWidth(geometry) !== 0) continue;
      const dyColumn = right / strideWidth(geometry);
      if (dyColumn + pixels <= 0 || dyColumn >= width) continue;
      store<i32>(entry, (tapRow * filterWidth(geometry) + tapColumn) * filters * 8);
      for (let pixel = 0; pixel < 4; pixel++) {
        const place = dyColumn + pixel;
        const inside = pixel < pixels && place >= 0 && place < width;
        store<usize>(at(entry, 1 + pixel), inside ? at(dy, (rowStart + place) * filters) : zeros);
      }
      entry = at(entry, tapEntry);
      seen++;
    }
  }
  const first = (image * inHeight(geometry) + row) * inWidth(geometry) + column;
  store<usize>(tile, at(dx, first * inChannels(geometry)));
  store<i32>(tile, pixels, 4);
  store<i32>(tile, seen, 8);
}

/** Computes the described tiles, panel by panel of the filter. */
function computeTiles(tiles: usize, tileCount: i32, geometry: usize, panels: usize, spill: usize): void {
  const channels = inChannels(geometry);
  const filters = outChannels(geometry);
  const taps = filterHeight(geometry) * filterWidth(geometry);
  const stride = (<usize>(strideWidth(geometry) * channels)) << 2;
  for (let channel = 0; channel < channels; channel += 8) {
    const panel = at(panels, channel * filters * taps);
    for (let index = 0; index < tileCount; index++) {
      const tile = at(tiles, index * tileEntry(taps));
      const target = at(load<usize>(tile), channel);
      const entries = at(tile, header);
      const pixels = load<i32>(tile, 4);
      const seen = load<i32>(tile, 8);
      sumGatheredTile(entries, seen, panel, filters, target, stride, pixels, channels - channel, spill);
    }
  }
}

/** Gradient of a convolution's input: each pixel gathers what the outputs it went into have for it. */
export function convolutionInputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  scratch: usize,
  geometry: usize,
): void {
  const filters = outChannels(geometry);
  const taps = filterHeight(geometry) * filterWidth(geometry);
  const zeros = at(scratch, 8);
  const tiles = at(zeros, filters);
  const panels = at(tiles, tileLimit * tileEntry(taps));
  const stride = strideWidth(geometry);
  const width = inWidth(geometry);
  memory.fill(zeros, 0, (<usize>filters) << 2);
  packFilter(filter, geometry, panels);
  let tileCount = 0;
  for (let image = 0; image < batchSize(geometry); image++) {
    for (let row = 0; row < inHeight(geometry); row++) {
      for (let phase = 0; phase < min(stride, width); phase++) {
        for (let column = phase; column < width; column += 4 * stride) {
          const pixels = min(4, (width - column + stride - 1) / stride);
          const tile = at(tiles, tileCount * tileEntry(taps));
          describeTile(dy, dx, geometry, image, row, column, pixels, zeros, tile);
          if (++tileCount < tileLimit) continue;
          computeTiles(tiles, tileCount, geometry, panels, scratch);
          tileCount = 0;
        }
      }
    }
  }
  computeTiles(tiles, tileCount, geometry, panels, scratch);
}
