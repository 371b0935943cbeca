import { inferShapes, type Network, sizeOf } from '@regraft/core';

const bytesPerValue = 4;
/** Of the cache: rows that may be of use later must not push out those that are used now. */
const share = 0.25;

/** How many values a segment gives. */
export const rowLengthOf = (segment: Network): number => sizeOf(inferShapes(segment).get(segment.output)!);

/**
 * Places of the stations in a chain whose rows, for so many images, take at most a quarter of a cache: those nearest
 * to the cut first.
 */
export const stationsThatFit = (chain: readonly Network[], images: number, cacheBytes: number): number[] => {
  let left = cacheBytes * share;
  const places: number[] = [];
  for (let place = chain.length - 2; place >= 0; place--) {
    left -= rowLengthOf(chain[place]!) * bytesPerValue * images;
    if (left < 0) break;
    places.unshift(place);
  }
  return places;
};
