import { at, count, fetch, multiplyAdd, put } from './lanes';
import { hold } from './limits';

function sumLanes<Lanes>(
  pairs: usize,
  pairCount: i32,
  bias: usize,
  y: usize,
  low: f32,
  high: f32,
  from: i32,
  to: i32,
): void {
  for (let c = from; c < to; c += count<Lanes>()) {
    let total = bias === 0 ? f32x4.splat(0) : fetch<Lanes>(at(bias, c));
    for (let pair = 0; pair < pairCount; pair++) {
      const entry = pairs + ((<usize>pair) << 3);
      total = multiplyAdd(
        total,
        fetch<Lanes>(at(load<usize>(entry), c)),
        fetch<Lanes>(at(load<usize>(entry, 4), c)),
      );
    }
    put<Lanes>(at(y, c), hold(total, low, high));
  }
}

/** The same for sixteen channels at a time, which reads the list a quarter as often; returns where it stopped. */
function sumSixteens(
  pairs: usize,
  pairCount: i32,
  bias: usize,
  y: usize,
  low: f32,
  high: f32,
  channels: i32,
): i32 {
  let c = 0;
  for (; c + 16 <= channels; c += 16) {
    const start = at(bias, c);
    let total0 = bias === 0 ? f32x4.splat(0) : v128.load(start);
    let total1 = bias === 0 ? f32x4.splat(0) : v128.load(start, 16);
    let total2 = bias === 0 ? f32x4.splat(0) : v128.load(start, 32);
    let total3 = bias === 0 ? f32x4.splat(0) : v128.load(start, 48);
    for (let pair = 0; pair < pairCount; pair++) {
      const entry = pairs + ((<usize>pair) << 3);
      const x = at(load<usize>(entry), c);
      const tap = at(load<usize>(entry, 4), c);
      total0 = multiplyAdd(total0, v128.load(x), v128.load(tap));
      total1 = multiplyAdd(total1, v128.load(x, 16), v128.load(tap, 16));
      total2 = multiplyAdd(total2, v128.load(x, 32), v128.load(tap, 32));
      total3 = multiplyAdd(total3, v128.load(x, 48), v128.load(tap, 48));
    }
    const out = at(y, c);
    v128.store(out, hold(total0, low, high));
    v128.store(out, hold(total1, low, high), 16);
    v128.store(out, hold(total2, low, high), 32);
    v128.store(out, hold(total3, low, high), 48);
  }
  return c;
}

/**
 * A pixel's sum of products over the listed pairs of addresses, of a pixel and of a filter's tap, plus the bias if it
 * isn't 0, held between limits.
 */
export function sumPairs(
  pairs: usize,
  pairCount: i32,
  bias: usize,
  y: usize,
  low: f32,
  high: f32,
  channels: i32,
): void {
  const whole = channels & ~3;
  const sixteens = sumSixteens(pairs, pairCount, bias, y, low, high, channels);
  sumLanes<v128>(pairs, pairCount, bias, y, low, high, sixteens, whole);
  sumLanes<f32>(pairs, pairCount, bias, y, low, high, whole, channels);
}
