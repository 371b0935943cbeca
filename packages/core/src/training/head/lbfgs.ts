/** Memory of this many steps. */
const historySize = 6;

/** The share of the promised decrease that a step must bring (Armijo's condition). */
const sufficientDecrease = 1e-4;

/** Below this, relative to the loss, float32 can't tell a decrease from rounding. */
const noise = 1e-7;

interface Step {
  readonly move: Float32Array;
  readonly change: Float32Array;
  /** move . change, positive. */
  readonly curvature: number;
}

const dot = (a: Float32Array, b: Float32Array): number => {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
};

const addScaled = (into: Float32Array, scale: number, by: Float32Array): void => {
  for (let index = 0; index < into.length; index++) into[index]! += scale * by[index]!;
};

const subtract = (a: Float32Array, b: Float32Array): Float32Array => {
  const difference = new Float32Array(a.length);
  for (let index = 0; index < a.length; index++) difference[index] = a[index]! - b[index]!;
  return difference;
};

const largest = (values: Float32Array): number => {
  let found = 0;
  for (let index = 0; index < values.length; index++) found = Math.max(found, Math.abs(values[index]!));
  return found;
};

/** sum(scale * values ** 2) */
const scaledSquare = (values: Float32Array, scale: Float32Array): number => {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += scale[index]! * values[index]! ** 2;
  return total;
};

/** The quasi-Newton direction: L-BFGS's two-loop recursion, `scale` being the first guess of inverse curvature. */
const findDirection = (gradient: Float32Array, steps: readonly Step[], scale: Float32Array): Float32Array => {
  const direction = new Float32Array(gradient.length);
  addScaled(direction, -1, gradient);
  const shares = new Array<number>(steps.length);
  for (let index = steps.length - 1; index >= 0; index--) {
    const { move, change, curvature } = steps[index]!;
    shares[index] = dot(move, direction) / curvature;
    addScaled(direction, -shares[index]!, change);
  }
  const last = steps.at(-1);
  const factor = last === undefined ? 1 : last.curvature / scaledSquare(last.change, scale);
  for (let index = 0; index < direction.length; index++) direction[index]! *= factor * scale[index]!;
  for (const [index, { move, change, curvature }] of steps.entries()) {
    addScaled(direction, shares[index]! - dot(change, direction) / curvature, move);
  }
  return direction;
};

/**
 * Minimises a smooth convex function by L-BFGS with a backtracking line search (Nocedal and Wright, "Numerical
 * optimization", 2006, chapters 3 and 7), one evaluation at a time: the caller evaluates loss and gradient at
 * `point` and hands them to `observe`, so that many minimisers can share one evaluation. Deterministic.
 */
export class Lbfgs {
  /** Where loss and gradient are wanted next; the minimum once `done`. */
  point: Float32Array;
  done = false;
  private iterations = 0;
  private readonly tolerance: number;
  private readonly limit: number;
  private readonly scale: Float32Array;
  private best: { point: Float32Array; loss: number; gradient: Float32Array } | null = null;
  private direction: Float32Array = new Float32Array();
  private slope = 0;
  private stepSize = 1;
  private steps: Step[] = [];

  /** Ends when no component of the gradient exceeds `tolerance`, or after `limit` steps. `start` stays as it is. */
  constructor(
    start: Float32Array,
    { scale, tolerance, limit }: { scale: Float32Array; tolerance: number; limit: number },
  ) {
    this.point = start;
    this.scale = scale;
    this.tolerance = tolerance;
    this.limit = limit;
  }

  /** Takes loss and gradient at `point`, keeps both, and moves `point` on. True if it was the best point so far. */
  observe(loss: number, gradient: Float32Array): boolean {
    const { best, point } = this;
    const allowed =
      best === null ? Infinity : best.loss * (1 + noise) + sufficientDecrease * this.stepSize * this.slope;
    if (best !== null && !(loss <= allowed)) {
      this.shorten(loss);
      return false;
    }
    if (best !== null) this.remember(best, point, gradient);
    this.best = { point, loss, gradient };
    if (largest(gradient) <= this.tolerance || this.iterations === this.limit) this.finish();
    else this.advance(gradient);
    return true;
  }

  private finish(): void {
    this.point = this.best!.point;
    this.done = true;
    this.steps = [];
  }

  private remember(
    best: { point: Float32Array; gradient: Float32Array },
    point: Float32Array,
    gradient: Float32Array,
  ) {
    const move = subtract(point, best.point);
    const change = subtract(gradient, best.gradient);
    const curvature = dot(move, change);
    if (curvature <= 1e-12 * dot(change, change)) return;
    if (this.steps.length === historySize) this.steps.shift();
    this.steps.push({ move, change, curvature });
  }

  private advance(gradient: Float32Array): void {
    this.iterations++;
    this.direction = findDirection(gradient, this.steps, this.scale);
    this.slope = dot(gradient, this.direction);
    this.stepSize = 1;
    this.tryStep();
  }

  private shorten(loss: number): void {
    const { stepSize, slope } = this;
    const best = this.best!;
    const parabola = (-slope * stepSize ** 2) / (2 * (loss - best.loss - slope * stepSize));
    this.stepSize = Math.min(Math.max(Number.isFinite(parabola) ? parabola : 0, stepSize / 10), stepSize / 2);
    if (-slope * this.stepSize < noise * best.loss * 1e-3) this.finish();
    else this.tryStep();
  }

  private tryStep(): void {
    const point = this.best!.point.slice();
    addScaled(point, this.stepSize, this.direction);
    this.point = point;
  }
}
