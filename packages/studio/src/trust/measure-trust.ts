import {
  applyTemperature,
  fitTemperature,
  type Model,
  setFalseAlarms,
  type TemperatureFit,
} from '@regraft/core';
import type { KeptFeatures } from '../versions/version-features.js';
import { chooseAbstention } from './choose-abstention.js';
import { classifyFeatures } from './classify-features.js';
import { highestTarget } from './highest-target.js';
import { outlierDetector } from './outlier-detector.js';
import { defaultTarget, falseAlarms, fewestToCalibrate, type Trust } from './trust.js';

const measureOutliers = async (features: KeptFeatures, classes: number): Promise<Trust['outliers']> => {
  const { training, validation } = features;
  if (validation === null) return null;
  const detector = await outlierDetector(features, classes);
  const { version, threshold } = setFalseAlarms(detector, validation.values, falseAlarms);
  return threshold === null ? null : { version, references: training.labels.length, threshold, falseAlarms };
};

/** Probabilities `[n, classes]` that a model, or its like, gives to images it hasn't seen, and their labels. */
export interface HeldOutAnswers {
  readonly probabilities: Float32Array;
  readonly labels: Int32Array;
}

export interface TrustOptions {
  /** Answers besides those to the validation images that tell how sure the model may be. */
  readonly unseen?: HeldOutAnswers | null | undefined;
  readonly signal: AbortSignal;
}

/** Finds the temperature of held-out answers taken together. */
const calibrate = (sets: readonly HeldOutAnswers[], classes: number): TemperatureFit =>
  fitTemperature(
    Float32Array.from(sets.flatMap(({ probabilities }) => [...probabilities])),
    sets.flatMap(({ labels }) => [...labels]),
    classes,
  );

/** Measures how far a trained model's answers can be trusted, on the validation features kept with it. */
export const measureTrust = async (
  model: Model,
  features: KeptFeatures,
  { unseen, signal }: TrustOptions,
): Promise<Trust> => {
  const { width, validation } = features;
  const classes = model.labels.length;
  const labels = validation?.labels ?? new Int32Array();
  const untold = {
    images: labels.length,
    calibration: null,
    target: defaultTarget,
    abstention: null,
    reachable: null,
  };
  if (validation === null) return { ...untold, outliers: null };
  const outliers = await measureOutliers(features, classes);
  if (labels.length < fewestToCalibrate) return { ...untold, outliers };
  const own = await classifyFeatures(model, { values: validation.values, width }, { temperature: 1, signal });
  const calibration = calibrate([{ probabilities: own, labels }, ...(unseen ? [unseen] : [])], classes);
  const calibrated = applyTemperature(own, classes, calibration.temperature);
  const abstention = chooseAbstention(calibrated, labels, { classes, target: defaultTarget });
  const reachable = highestTarget(calibrated, labels, classes);
  return { ...untold, calibration, abstention, reachable, outliers };
};
