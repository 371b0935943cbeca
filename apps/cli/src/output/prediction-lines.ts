import { formatCount, formatDuration } from '@regraft/studio';
import type { FilePrediction, ImageAnswer, JointPrediction, Prediction } from '@regraft/studio/models';
import { paint } from './paint.js';

const barWidth = 20;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What to say before the labels of an answer that isn't one of them. */
const verdictOf = ({ answer }: ImageAnswer, { thresholds }: Prediction): string | undefined => {
  if (answer === 'none-of-these')
    return paint.amber('none of these: it is unlike what the version learned from');
  if (answer === 'not-sure') return paint.amber(`not sure: below ${percent(thresholds.sure!.threshold)}`);
  return undefined;
};

const labelLines = ({ answer, probabilities }: ImageAnswer, top: number): string[] => {
  const bars = answer === 'label' ? paint.leaf : paint.muted;
  return Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, top)
    .map(([label, probability]) => {
      const bar = '█'.repeat(Math.round(probability * barWidth)).padEnd(barWidth, '░');
      return `  ${bars(bar)} ${percent(probability).padStart(7)}  ${label}`;
    });
};

/** The lines of one version's answers. */
export const renderPrediction = (prediction: Prediction, top: number): string[] => [
  ...prediction.files.flatMap((entry) => {
    if ('error' in entry) return [`${entry.file}  ${paint.red(entry.error.message)}`];
    const verdict = verdictOf(entry, prediction);
    return [entry.file, ...(verdict ? [`  ${verdict}`] : []), ...labelLines(entry, top)];
  }),
  ...prediction.notes.map((note) => `note  ${note}`),
];

const answerOf = (entry: Extract<FilePrediction, ImageAnswer>): string => {
  const best = `${percent(entry.probability).padStart(7)}  ${entry.label}`;
  if (entry.answer === 'label') return best;
  const instead = entry.answer === 'not-sure' ? 'not sure' : 'none of these';
  return `${paint.muted(best)}  ${paint.amber(instead)}`;
};

/** What the versions' trunks cost: one line each. */
const trunkLines = ({ trunks }: JointPrediction): string[] =>
  trunks.map(({ versions, cache, seconds }) => {
    const count = `${formatCount(cache.misses)} computed, ${formatCount(cache.hits)} from the cache`;
    const who =
      versions.length > 1 ? `${versions.join(', ')} share a trunk` : `${versions[0]} has a trunk of its own`;
    return paint.muted(`${who}: ${count}, ${formatDuration(seconds)} in all`);
  });

/** The lines of several versions' answers, beside each other under each file. */
export const renderJointPrediction = (joint: JointPrediction): string[] => {
  const width = Math.max(...joint.versions.map(({ version }) => version.length));
  const files = joint.versions[0]!.files.flatMap(({ file }, index) => [
    file,
    ...joint.versions.map(({ version, files: entries }) => {
      const entry = entries[index]!;
      const answer = 'error' in entry ? paint.red(entry.error.message) : answerOf(entry);
      return `  ${version.padEnd(width)}  ${answer}`;
    }),
  ]);
  const notes = joint.versions.flatMap((version) => version.notes.map((note) => `note  ${note}`));
  return [...files, '', ...trunkLines(joint), ...notes];
};
