import { evaluateHeads, type HeadJob, type HeadProblem, type HeldOutScore } from './evaluate-heads.js';
import { Lbfgs } from './lbfgs.js';

/** A fitted head. */
export interface HeadOutcome {
  readonly point: Float32Array;
  readonly heldOut: HeldOutScore;
}

export interface MinimiseSettings {
  /** No component of the mean loss's gradient is larger at the end. */
  readonly tolerance: number;
  /** Variance of the matrix's columns, to scale the first guess of curvature by. */
  readonly variances: Float32Array;
}

const iterationLimit = 500;

/** Logits per row that all heads of one batch have together, and bytes their minimisers may take. */
const widestBatch = 512;
const memoryLimit = 2 ** 27;
const bytesPerParameter = 100;

/** How many heads are fitted at once. */
export const headsPerBatch = ({ classes, anchor }: HeadProblem): number =>
  Math.max(
    1,
    Math.min(
      Math.floor(widestBatch / classes),
      Math.floor(memoryLimit / (bytesPerParameter * anchor.length)),
    ),
  );

/** Inverse curvature of each parameter: at zero weights the loss's is variance / classes. */
const curvatureScale = (
  { classes, anchor, weights }: HeadProblem,
  { regularisation }: HeadJob,
  variances: Float32Array,
): Float32Array => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = new Float32Array(anchor.length).fill(classes);
  for (let index = 0; index < classes * variances.length; index++) {
    scale[index] = 1 / (variances[index % variances.length]! / classes + regularisation / total);
  }
  return scale;
};

/**
 * Fits heads to their optima together: every evaluation serves all that are not there yet. Yields after each with
 * the number of heads that are done.
 */
export async function* minimiseHeads(
  problem: HeadProblem,
  jobs: readonly HeadJob[],
  { tolerance, variances }: MinimiseSettings,
): AsyncGenerator<number, HeadOutcome[]> {
  const heads = jobs.map((job) => {
    const scale = curvatureScale(problem, job, variances);
    const minimiser = new Lbfgs(problem.anchor, { scale, tolerance, limit: iterationLimit });
    return { ...job, minimiser, heldOut: { loss: 0, weight: 0, hits: 0, count: 0 } as HeldOutScore };
  });
  for (let open = heads; open.length > 0; open = open.filter(({ minimiser }) => !minimiser.done)) {
    const points = open.map(({ fold, regularisation, minimiser }) => ({
      fold,
      regularisation,
      point: minimiser.point,
    }));
    for (const [index, { loss, gradient, heldOut }] of (await evaluateHeads(problem, points)).entries()) {
      const head = open[index]!;
      if (head.minimiser.observe(loss, gradient)) head.heldOut = heldOut;
    }
    yield heads.filter(({ minimiser }) => minimiser.done).length;
  }
  return heads.map(({ minimiser, heldOut }) => ({ point: minimiser.point, heldOut }));
}
