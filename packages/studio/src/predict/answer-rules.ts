import type { OutlierDetector } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { startEngine } from '../engines/start-engine.js';
import { chooseAbstention } from '../trust/choose-abstention.js';
import { classifyFeatures } from '../trust/classify-features.js';
import { highestTarget } from '../trust/highest-target.js';
import { outlierDetector } from '../trust/outlier-detector.js';
import { temperatureOf } from '../trust/trust.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { type LoadFeaturesOptions, loadVersionFeatures } from '../versions/version-features.js';
import type { AnswerThresholds } from './file-prediction.js';

/** What a version answers by, ready to be applied. */
export interface AnswerRules {
  readonly temperature: number;
  readonly sure: AnswerThresholds['sure'];
  readonly detector: OutlierDetector | null;
  readonly notes: readonly string[];
}

export interface AnswerOptions extends LoadFeaturesOptions {
  /** The share of right answers to aim at, in place of the version's own. */
  readonly accuracy?: number | undefined;
  /** Always answers with a label. */
  readonly always?: boolean | undefined;
}

/** Chooses the threshold for another share of right answers, on the validation images kept with a version. */
const chooseSure = async (
  store: Store,
  { version, card, model }: VersionModel,
  target: number,
  options: LoadFeaturesOptions,
): Promise<AnswerThresholds['sure']> => {
  const { validation, width } = await loadVersionFeatures(store, version, options);
  const labels = validation?.labels ?? new Int32Array();
  const values = validation?.values ?? new Float32Array();
  await startEngine(options.engine);
  const probabilities = await classifyFeatures(
    model,
    { values, width },
    { temperature: temperatureOf(card.trust), signal: options.signal },
  );
  const classes = model.labels.length;
  const chosen = chooseAbstention(probabilities, labels, { classes, target });
  if (chosen) return { threshold: chosen.threshold, target };
  const highest = labels.length === 0 ? null : highestTarget(probabilities, labels, classes);
  throw new RegraftError({
    code: 'data-too-small',
    message: `A share of right answers is promised where the validation images show it. Received: ${target}, which the ${labels.length} validation images of ${version} don't show at any confidence`,
    hint:
      highest === null
        ? 'Leave --accuracy away, or train the version again with more images.'
        : `Ask for a lower share, ${highest} at most, or train the version again with more images.`,
    details: { target, images: labels.length },
  });
};

const loadDetector = async (
  store: Store,
  { version, card, model }: VersionModel,
  options: LoadFeaturesOptions,
): Promise<Pick<AnswerRules, 'detector' | 'notes'>> => {
  const known = card.trust?.outliers ?? null;
  if (known === null) return { detector: null, notes: [] };
  try {
    const features = await loadVersionFeatures(store, version, options);
    const { threshold, falseAlarms } = known;
    const fitted = await outlierDetector(features, model.labels.length);
    return { detector: { ...fitted, threshold, falseAlarms }, notes: [] };
  } catch (error) {
    if (!RegraftError.isInstance(error) || error.code !== 'data-not-found') throw error;
    const note = `${version} can't say "none of these" here: what it compares with is no longer in the store, nor are its images.`;
    return { detector: null, notes: [note] };
  }
};

/**
 * What a version answers by.
 *
 * @throws RegraftError `data-too-small` where its validation images can't show the accuracy that is asked for
 */
export const loadAnswerRules = async (
  store: Store,
  loaded: VersionModel,
  { accuracy, always = false, ...options }: AnswerOptions,
): Promise<AnswerRules> => {
  const { trust } = loaded.card;
  const temperature = temperatureOf(trust);
  if (always) return { temperature, sure: null, detector: null, notes: [] };
  const own = trust?.abstention ?? null;
  const sure = accuracy === undefined ? own : await chooseSure(store, loaded, accuracy, options);
  return {
    temperature,
    sure: sure && { threshold: sure.threshold, target: sure.target },
    ...(await loadDetector(store, loaded, options)),
  };
};
