import {
  describeTrust,
  type EvaluationReport,
  formatChange,
  formatCount,
  formatDuration,
  formatPoints,
  formatQuantity,
  formatShare,
  type Recipe,
  type RunMetrics,
  type RunResult,
  type RunView,
  type Trust,
} from '@regraft/studio';
import { renderDepth } from './arm-table.js';
import { renderGraftStrip } from './graft-strip.js';
import { nextCommands } from './next-commands.js';
import { paint } from './paint.js';

const labelWidth = 17;

/** `  accuracy      94.8 % …`: a term and its value. */
export const renderField = (term: string, value: string): string =>
  `  ${paint.muted(term.padEnd(labelWidth))}${value}`;

/** The pairs of labels that are confused most, as `ants taken for bees: 4 of 40`. */
const renderConfusions = (report: EvaluationReport, limit = 3): string[] =>
  report.worstPairs.slice(0, limit).map(({ actual, predicted, count, share }) => {
    const of = formatCount(count / share);
    return `${actual} taken for ${predicted}: ${formatCount(count)} of ${of}`;
  });

/** Fields of a report: accuracy with its interval, macro F1, calibration, the worst confusions. */
export const renderReport = (report: EvaluationReport, title = 'accuracy'): string[] => {
  const [first, ...rest] = renderConfusions(report);
  return [
    renderField(title, paint.strong(formatShare(report.accuracy))),
    ...(first ? [renderField('confusions', first)] : []),
    ...rest.map((line) => renderField('', line)),
  ];
};

const counted = ({ unreadable }: { unreadable: number }): string =>
  unreadable > 0 ? ` (${formatCount(unreadable)} can't be read any more)` : '';

/** Fields of what a fine-tune changed against the version it started from, on the same images before and after. */
export const renderChanges = ({
  forgetting,
  improvement,
  newImages,
}: Pick<RunMetrics, 'forgetting' | 'improvement' | 'newImages'>): string[] => [
  ...(improvement ? [renderField('new images', formatChange(improvement))] : []),
  ...(newImages && !improvement ? [renderField('new images', formatShare(newImages))] : []),
  ...(forgetting ? [renderField('old images', `${formatChange(forgetting)}${counted(forgetting)}`)] : []),
];

/** Fields on how far a version can be trusted. */
export const renderTrust = (trust: Trust | null): string[] =>
  describeTrust(trust).map(({ term, text }) => renderField(term, text));

const accuracyRows = ({ metrics }: RunResult): string[] => {
  const held = metrics.test ?? metrics.validation;
  const title = metrics.test ? 'test accuracy' : 'validation';
  const gap = metrics.gap;
  return [
    ...(held ? renderReport(held, title) : []),
    ...(metrics.test && metrics.validation
      ? [renderField('validation', formatShare(metrics.validation.accuracy))]
      : []),
    ...(gap ? [renderField('train gap', formatPoints(gap))] : []),
    ...renderChanges(metrics),
  ];
};

/** What a finished run has to say, for people. */
export const renderRunSummary = (view: RunView, recipe: Recipe): string[] => {
  const { result, grafted } = view;
  if (!result || !grafted) return [];
  const phases = view.phases
    .filter(({ seconds }) => seconds !== null && seconds >= 0.05)
    .map(({ phase, seconds }) => `${phase} ${formatDuration(seconds!)}`)
    .join(', ');
  const { hits, misses } = result.cache;
  const proven = result.frozen.before === result.frozen.after;
  return [
    '',
    ` ${paint.leaf('✔')} ${paint.strong(result.version)}${result.name ? ` ${result.name}` : ''}  ${paint.muted(
      `${formatQuantity(result.labels.length, 'class', 'classes')}, from ${result.parent ?? grafted.backbone}`,
    )}`,
    '',
    ...renderGraftStrip(grafted.blocks, result.labels.length),
    '',
    ...(result.depth ? [...renderDepth(result.depth), ''] : []),
    ...accuracyRows(result),
    ...(result.trust ? renderTrust(result.trust) : []),
    renderField('time', `${formatDuration(result.seconds)}  ${paint.muted(phases)}`),
    renderField('features', `${formatCount(misses)} computed, ${formatCount(hits)} from the cache`),
    renderField(
      'frozen',
      proven
        ? `${formatQuantity(result.frozen.tensors, 'tensor')} unchanged, sha256 ${result.frozen.after.slice(0, 12)}`
        : paint.red('changed: the freeze proof does not hold'),
    ),
    '',
    ` ${paint.muted('next')}`,
    ...nextCommands(result, recipe).map((line) => `   ${line}`),
  ];
};
