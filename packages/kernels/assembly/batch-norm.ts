import { columnMoments } from './column-moments';
import { deviationSums } from './column-sums';
import { at, count, fetch, multiplyAdd, put } from './lanes';

/** (x - mean) scale + beta, where scale is gamma / sqrt(variance + epsilon), for one row. */
function normaliseRow<Lanes>(
  x: usize,
  mean: usize,
  scale: usize,
  beta: usize,
  y: usize,
  from: i32,
  to: i32,
): void {
  for (let c = from; c < to; c += count<Lanes>()) {
    const deviation = f32x4.sub(fetch<Lanes>(at(x, c)), fetch<Lanes>(at(mean, c)));
    put<Lanes>(at(y, c), multiplyAdd(fetch<Lanes>(at(beta, c)), deviation, fetch<Lanes>(at(scale, c))));
  }
}

/** Normalises x [rows, columns] by the mean and the variance given for its columns; `scale` [columns] is scratch. */
export function batchNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
): void {
  const whole = columns & ~3;
  for (let c = 0; c < columns; c++) {
    store<f32>(at(scale, c), load<f32>(at(gamma, c)) / sqrt<f32>(load<f32>(at(variance, c)) + epsilon));
  }
  for (let row = 0; row < rows; row++) {
    normaliseRow<v128>(at(x, row * columns), mean, scale, beta, at(y, row * columns), 0, whole);
    normaliseRow<f32>(at(x, row * columns), mean, scale, beta, at(y, row * columns), whole, columns);
  }
}

/** The same by the mean and the biased variance that the columns have, which it writes. */
export function batchNormTrain(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
): void {
  columnMoments(x, mean, variance, scale, rows, columns);
  batchNorm(x, gamma, beta, y, mean, variance, scale, rows, columns, epsilon);
}

/**
 * Moving statistics after a batch of so many rows: `momentum` of them stays, the rest is the batch's mean and its
 * unbiased variance. A batch without rows moves nothing.
 */
export function moveStatistics(
  mean: usize,
  variance: usize,
  movingMean: usize,
  movingVariance: usize,
  movedMean: usize,
  movedVariance: usize,
  rows: i32,
  columns: i32,
  momentum: f32,
): void {
  const share = rows > 0 ? <f32>1 - momentum : <f32>0;
  const unbiased = <f32>rows / <f32>max(rows - 1, 1);
  for (let c = 0; c < columns; c++) {
    const oldMean = load<f32>(at(movingMean, c));
    const oldVariance = load<f32>(at(movingVariance, c));
    const newMean = rows > 0 ? load<f32>(at(mean, c)) : oldMean;
    const newVariance = rows > 0 ? load<f32>(at(variance, c)) * unbiased : oldVariance;
    store<f32>(at(movedMean, c), oldMean + share * (newMean - oldMean));
    store<f32>(at(movedVariance, c), oldVariance + share * (newVariance - oldVariance));
  }
}

/** dy scale - offset - (x - mean) slope for one row. */
function propagateRow<Lanes>(
  dy: usize,
  x: usize,
  mean: usize,
  scale: usize,
  offset: usize,
  slope: usize,
  dx: usize,
  from: i32,
  to: i32,
): void {
  for (let c = from; c < to; c += count<Lanes>()) {
    const deviation = f32x4.sub(fetch<Lanes>(at(x, c)), fetch<Lanes>(at(mean, c)));
    const direct = f32x4.mul(fetch<Lanes>(at(dy, c)), fetch<Lanes>(at(scale, c)));
    const common = multiplyAdd(fetch<Lanes>(at(offset, c)), deviation, fetch<Lanes>(at(slope, c)));
    put<Lanes>(at(dx, c), f32x4.sub(direct, common));
  }
}

/**
 * Gradients of batch-norm by x, gamma and beta (Ioffe and Szegedy 2015, section 3). `share` is a row's in the
 * statistics: 1 / rows where they are the batch's, 0 where they are given. `scratch` is [3 columns]: what multiplies
 * dy, what is taken from each pixel, and what is taken for each unit it is off the mean.
 */
export function batchNormGradient(
  dy: usize,
  x: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  scratch: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
  share: f32,
): void {
  const whole = columns & ~3;
  const scale = scratch;
  const offset = at(scratch, columns);
  const slope = at(offset, columns);
  deviationSums(dy, x, mean, dbeta, dgamma, scratch, rows, columns);
  for (let c = 0; c < columns; c++) {
    const inverse = <f32>1 / sqrt<f32>(load<f32>(at(variance, c)) + epsilon);
    const factor = load<f32>(at(gamma, c)) * inverse;
    const slopeOfGamma = load<f32>(at(dgamma, c)) * inverse;
    store<f32>(at(dgamma, c), slopeOfGamma);
    store<f32>(at(scale, c), factor);
    store<f32>(at(offset, c), factor * load<f32>(at(dbeta, c)) * share);
    store<f32>(at(slope, c), factor * inverse * slopeOfGamma * share);
  }
  for (let row = 0; row < rows; row++) {
    const first = row * columns;
    // biome-ignore format: one line a width shows that only the range differs
    propagateRow<v128>(at(dy, first), at(x, first), mean, scale, offset, slope, at(dx, first), 0, whole);
    // biome-ignore format: as above
    propagateRow<f32>(at(dy, first), at(x, first), mean, scale, offset, slope, at(dx, first), whole, columns);
  }
}
