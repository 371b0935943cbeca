import { at, count, fetch, put } from './lanes';
import { sigmoid } from './sigmoid';

function reluRange<Lanes>(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i += count<Lanes>()) {
    const passes = f32x4.gt(fetch<Lanes>(at(y, i)), f32x4.splat(0));
    put<Lanes>(at(dx, i), v128.and(fetch<Lanes>(at(dy, i)), passes));
  }
}

/** dy where y > 0, else 0. */
export function reluGradient(dy: usize, y: usize, dx: usize, size: i32): void {
  const whole = size & ~3;
  reluRange<v128>(dy, y, dx, 0, whole);
  reluRange<f32>(dy, y, dx, whole, size);
}

function relu6Range<Lanes>(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i += count<Lanes>()) {
    const value = fetch<Lanes>(at(y, i));
    const passes = v128.and(f32x4.gt(value, f32x4.splat(0)), f32x4.lt(value, f32x4.splat(6)));
    put<Lanes>(at(dx, i), v128.and(fetch<Lanes>(at(dy, i)), passes));
  }
}

/** dy where 0 < y < 6, else 0. */
export function relu6Gradient(dy: usize, y: usize, dx: usize, size: i32): void {
  const whole = size & ~3;
  relu6Range<v128>(dy, y, dx, 0, whole);
  relu6Range<f32>(dy, y, dx, whole, size);
}

function swishRange<Lanes>(dy: usize, x: usize, dx: usize, from: i32, to: i32): void {
  const one = f32x4.splat(1);
  for (let i = from; i < to; i += count<Lanes>()) {
    const value = fetch<Lanes>(at(x, i));
    const s = sigmoid(value);
    const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(value, f32x4.sub(one, s))));
    put<Lanes>(at(dx, i), f32x4.mul(fetch<Lanes>(at(dy, i)), slope));
  }
}

/** dy times the slope of x sigmoid(x). */
export function swishGradient(dy: usize, x: usize, dx: usize, size: i32): void {
  const whole = size & ~3;
  swishRange<v128>(dy, x, dx, 0, whole);
  swishRange<f32>(dy, x, dx, whole, size);
}

function hardSwishRange<Lanes>(dy: usize, x: usize, dx: usize, from: i32, to: i32): void {
  const three = f32x4.splat(3);
  for (let i = from; i < to; i += count<Lanes>()) {
    const value = fetch<Lanes>(at(x, i));
    const gradient = fetch<Lanes>(at(dy, i));
    const between = f32x4.div(f32x4.add(f32x4.add(value, value), three), f32x4.splat(6));
    const passes = f32x4.gt(value, f32x4.neg(three));
    const bends = f32x4.lt(value, three);
    const curved = f32x4.mul(gradient, between);
    put<Lanes>(at(dx, i), v128.and(v128.bitselect(curved, gradient, bends), passes));
  }
}

/** dy times the slope of x min(max(x + 3, 0), 6) / 6. */
export function hardSwishGradient(dy: usize, x: usize, dx: usize, size: i32): void {
  const whole = size & ~3;
  hardSwishRange<v128>(dy, x, dx, 0, whole);
  hardSwishRange<f32>(dy, x, dx, whole, size);
}
