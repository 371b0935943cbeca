import type { TemperatureFit } from '@regraft/core';
import { formatCount, formatQuantity, formatShare } from '../format/number-format.js';
import { fewestToCalibrate, fewestToTellOutliers, type Trust } from './trust.js';

/** One thing to know about how far a version can be trusted. */
export interface TrustLine {
  readonly term: string;
  readonly text: string;
}

const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

const images = (count: number): string => formatQuantity(count, 'validation image');

const describeTemperature = (temperature: number): string => {
  if (temperature > 1.1) return 'it was too sure of itself, so its confidence is lowered';
  if (temperature < 0.9) return 'it was not sure enough, so its confidence is raised';
  if (temperature !== 1) return 'it was about as sure as it is right, so its confidence is hardly changed';
  return 'nothing shows that it is too sure of itself or not sure enough, so its confidence is taken as it is';
};

/** How far confidence is from the share of right answers, as far as that was measured. */
const describeError = ({ temperature, debiasedCalibrationError: error }: TemperatureFit): string => {
  if (error === null) return '';
  const after = formatShare(error.after);
  return temperature === 1
    ? `: off by ${after}`
    : `: off by ${percent(error.before.value ?? 0)} before, ${after} after`;
};

const describeCalibration = ({ calibration, images: n }: Trust): string => {
  if (calibration === null) {
    return `its confidence is taken as it is: it takes ${images(fewestToCalibrate)} to set it right, and there are ${formatCount(n)}`;
  }
  const { temperature } = calibration;
  return `${describeTemperature(temperature)}${describeError(calibration)} (temperature ${temperature.toFixed(2)})`;
};

const describeNeverUnsure = ({ target, reachable, images: n }: Trust): string => {
  if (n === 0) return 'never said: there are no validation images to choose a threshold on';
  const most = reachable === null ? '' : `; ${percent(reachable, 0)} at most (--accuracy ${reachable})`;
  return `never said: ${images(n)} can't show that ${percent(target, 0)} of its answers are right${most}`;
};

const describeAbstention = (trust: Trust): string => {
  const { abstention, target } = trust;
  if (abstention === null) return describeNeverUnsure(trust);
  const aim = percent(target, 0);
  const { threshold, coverage, accuracy, accepted } = abstention;
  return `said below ${percent(threshold)} confidence, so that ${aim} of the answers are right: ${percent(coverage)} of images get one (${percent(accuracy)} right, n ${formatCount(accepted)})`;
};

const describeOutliers = ({ outliers, images: n }: Trust): string => {
  if (outliers !== null)
    return `said of an image unlike the ${formatCount(outliers.references)} it compares with, and of at most ${percent(outliers.falseAlarms, 0)} of its own kind (distance above ${outliers.threshold.toFixed(2)})`;
  return n < fewestToTellOutliers
    ? `never said: it takes ${images(fewestToTellOutliers)} to tell, and there are ${formatCount(n)}`
    : 'never said: the version was measured in another way; train it again to know';
};

/** How far a version can be trusted, in plain words; a version from before that was measured has one line that says so. */
export const describeTrust = (trust: Trust | null): readonly TrustLine[] =>
  trust === null
    ? [{ term: 'trust', text: 'not measured: the version is older than that; train it again to know' }]
    : [
        { term: 'confidence', text: describeCalibration(trust) },
        { term: '"not sure"', text: describeAbstention(trust) },
        { term: '"none of these"', text: describeOutliers(trust) },
      ];
