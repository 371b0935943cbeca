import { at, count, fetch, multiplyAdd, put } from './lanes';

function sgdRange<Lanes>(
  parameters: usize,
  gradient: usize,
  velocity: usize,
  rates: usize,
  decays: usize,
  nextParameters: usize,
  nextVelocity: usize,
  from: i32,
  to: i32,
  momentum: f32,
  learningRate: f32,
): void {
  for (let i = from; i < to; i += count<Lanes>()) {
    const moved = f32x4.add(
      f32x4.mul(fetch<Lanes>(at(velocity, i)), f32x4.splat(momentum)),
      fetch<Lanes>(at(gradient, i)),
    );
    const parameter = fetch<Lanes>(at(parameters, i));
    const step = multiplyAdd(moved, parameter, fetch<Lanes>(at(decays, i)));
    const scaled = f32x4.mul(f32x4.mul(step, fetch<Lanes>(at(rates, i))), f32x4.splat(learningRate));
    put<Lanes>(at(nextVelocity, i), moved);
    put<Lanes>(at(nextParameters, i), f32x4.sub(parameter, scaled));
  }
}

/** v' = momentum v + g; p' = p - learningRate rate (v' + decay p). */
export function sgdMomentumStep(
  parameters: usize,
  gradient: usize,
  velocity: usize,
  rates: usize,
  decays: usize,
  nextParameters: usize,
  nextVelocity: usize,
  size: i32,
  momentum: f32,
  learningRate: f32,
): void {
  const whole = size & ~3;
  // biome-ignore format: one line a width shows that only the range differs
  sgdRange<v128>(parameters, gradient, velocity, rates, decays, nextParameters, nextVelocity, 0, whole, momentum, learningRate);
  // biome-ignore format: as above
  sgdRange<f32>(parameters, gradient, velocity, rates, decays, nextParameters, nextVelocity, whole, size, momentum, learningRate);
}

function adamWRange<Lanes>(
  parameters: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  rates: usize,
  decays: usize,
  nextParameters: usize,
  nextMean: usize,
  nextSquare: usize,
  from: i32,
  to: i32,
  beta1: f32,
  rest1: f32,
  correction1: f32,
  beta2: f32,
  rest2: f32,
  correction2: f32,
  epsilon: f32,
  learningRate: f32,
): void {
  for (let i = from; i < to; i += count<Lanes>()) {
    const g = fetch<Lanes>(at(gradient, i));
    const m = f32x4.add(
      f32x4.mul(fetch<Lanes>(at(mean, i)), f32x4.splat(beta1)),
      f32x4.mul(g, f32x4.splat(rest1)),
    );
    const s = f32x4.add(
      f32x4.mul(fetch<Lanes>(at(square, i)), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)),
    );
    const root = f32x4.sqrt(f32x4.div(s, f32x4.splat(correction2)));
    const direction = f32x4.div(
      f32x4.div(m, f32x4.splat(correction1)),
      f32x4.add(root, f32x4.splat(epsilon)),
    );
    const parameter = fetch<Lanes>(at(parameters, i));
    const step = multiplyAdd(direction, parameter, fetch<Lanes>(at(decays, i)));
    const scaled = f32x4.mul(f32x4.mul(step, fetch<Lanes>(at(rates, i))), f32x4.splat(learningRate));
    put<Lanes>(at(nextMean, i), m);
    put<Lanes>(at(nextSquare, i), s);
    put<Lanes>(at(nextParameters, i), f32x4.sub(parameter, scaled));
  }
}

/** AdamW; `rest` is 1 - beta and `correction` 1 - beta^step. */
export function adamWStep(
  parameters: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  rates: usize,
  decays: usize,
  nextParameters: usize,
  nextMean: usize,
  nextSquare: usize,
  size: i32,
  beta1: f32,
  rest1: f32,
  correction1: f32,
  beta2: f32,
  rest2: f32,
  correction2: f32,
  epsilon: f32,
  learningRate: f32,
): void {
  const whole = size & ~3;
  // biome-ignore format: one line a width shows that only the range differs
  adamWRange<v128>(parameters, gradient, mean, square, rates, decays, nextParameters, nextMean, nextSquare, 0, whole, beta1, rest1, correction1, beta2, rest2, correction2, epsilon, learningRate);
  // biome-ignore format: as above
  adamWRange<f32>(parameters, gradient, mean, square, rates, decays, nextParameters, nextMean, nextSquare, whole, size, beta1, rest1, correction1, beta2, rest2, correction2, epsilon, learningRate);
}
