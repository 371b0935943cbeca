import { relative } from 'node:path';
import {
  type Evidence,
  formatDuration,
  formatPoints,
  formatQuantity,
  formatShare,
  type Verdict,
} from '@regraft/studio';
import { renderArms } from './arm-table.js';
import { paint } from './paint.js';
import { renderField } from './run-summary.js';
import { renderTable } from './table.js';

const cases = {
  'test-set': 'the same labels, too few images to train on: a test set',
  'same-labels': 'the same labels, new images',
  'new-labels': 'new labels',
  'first-model': 'a first model',
} as const;

const duplicateLine = ({ duplicates }: Evidence): string[] => {
  if (!duplicates) return [];
  const { exact, near, leftOut, compared, unreadable } = duplicates;
  const gone = unreadable > 0 ? `, ${unreadable} of which can't be read any more` : '';
  const found =
    exact + near === 0
      ? 'none'
      : `${exact} the same, ${near} alike; ${leftOut} left out of every test, because it was trained on them`;
  return [
    renderField(
      'seen before',
      `${found}  ${paint.muted(`of ${formatQuantity(compared, 'old image')}${gone}`)}`,
    ),
  ];
};

const driftLine = ({ drift }: Evidence): string[] => {
  if (!drift) return [];
  const { discrepancy, classifier, detectable } = drift;
  const p = discrepancy.pValue < 0.001 ? 'p < 0.001' : `p ${discrepancy.pValue.toFixed(3)}`;
  const word = drift.decision === 'drift' ? paint.amber('▲ they look different') : 'no evidence of drift';
  return [
    renderField(
      'drift',
      `${word}  ${paint.muted(`${p}, told apart ${(classifier.area * 100).toFixed(0)} % of the time`)}`,
    ),
    ...(drift.decision === 'drift' ? [] : [renderField('', paint.muted(detectable.note))]),
  ];
};

const strangestShown = 3;

/** The new images that look least like the old ones, from the folder they are in. */
const strangestLine = ({ drift, strangest, data }: Evidence): string[] =>
  drift?.decision === 'drift' && strangest.length > 0
    ? [
        renderField(
          'strangest',
          strangest
            .slice(0, strangestShown)
            .map(({ path }) => relative(data, path))
            .join(', '),
        ),
      ]
    : [];

const accuracyLines = ({ asItIs, atHome, start }: Evidence): string[] => [
  ...(asItIs ? [renderField('as it is', formatShare(asItIs))] : []),
  ...(asItIs && atHome
    ? [
        renderField(
          'at home',
          `${formatShare(atHome)}  ${paint.muted(`${start} on its own held-out images`)}`,
        ),
      ]
    : []),
];

/** What fine-tuning promises, against training from scratch on the same split. */
const gainLines = ({ referee, arms, choice }: Evidence): string[] => {
  const chosen = arms.find(({ name }) => name === choice?.chosen);
  if (!referee || !chosen) return [];
  const scratch = referee.arm;
  const share = (value: number | null | undefined): string =>
    value == null ? '–' : `${(value * 100).toFixed(1)} %`;
  const gap = (arm: typeof chosen): string => (arm.gap ? `${(arm.gap.value * 100).toFixed(1)} points` : '–');
  const rows = [
    {
      what: 'validation accuracy',
      chosen: share(chosen.validation?.value),
      scratch: share(scratch.validation?.value),
      difference: referee.difference ? `${formatPoints(referee.difference)}` : '',
    },
    {
      what: 'training time',
      chosen: formatDuration(chosen.seconds),
      scratch: formatDuration(scratch.seconds),
      difference: `${scratch.epochs} epochs`,
    },
    { what: 'train/validation gap', chosen: gap(chosen), scratch: gap(scratch), difference: '' },
  ];
  const lines = renderTable(rows, [
    { title: 'against scratch', value: ({ what }) => what },
    { title: 'chosen', value: (row) => row.chosen, align: 'right' },
    { title: 'from scratch', value: (row) => row.scratch, align: 'right' },
    { title: '', value: (row) => row.difference },
  ]);
  return ['', ...lines.map((line, index) => `  ${index === 0 ? paint.muted(line) : line}`)];
};

/** What the head alone would get right with more training images. */
const curveLines = ({ learningCurve }: Evidence): string[] => {
  const [, ...more] = learningCurve?.curve.predictions ?? [];
  if (more.length === 0) return [];
  const promises = more.map(
    ({ size, error }, index) =>
      `with ${formatQuantity(size, 'image')} ${index === 0 ? 'about ' : ''}${((1 - error) * 100).toFixed(1)} %`,
  );
  return [renderField('more images', `head alone ${promises.join(', ')}`)];
};

const backboneLines = ({ backbones }: Evidence): string[] =>
  backbones.length < 2
    ? []
    : backbones.map(({ id, evidence, current, difference }, index) =>
        renderField(
          index === 0 ? 'backbones' : '',
          `${id}  ${paint.muted(
            [
              `LogME ${evidence.toFixed(3)}`,
              ...(current ? ['this one'] : []),
              ...(difference ? [`head against the chosen arm ${formatPoints(difference)}`] : []),
            ].join(', '),
          )}`,
        ),
      );

/** What a verdict says: the sentence, and its reasons. */
export const renderAdvice = ({ headline, reasons }: Verdict): string[] => [
  ` ${paint.leaf('✔')} ${paint.strong(headline)}`,
  '',
  ...reasons.map((reason) => `   ${reason}`),
];

/** What a verdict rests on: what was measured, what was not, and the command. */
export const renderEvidence = ({ recommendation, evidence, command, seconds }: Verdict): string[] => [
  renderField('case', cases[evidence.case]),
  renderField('confidence', recommendation.confidence),
  ...duplicateLine(evidence),
  ...driftLine(evidence),
  ...strangestLine(evidence),
  ...accuracyLines(evidence),
  ...(evidence.forgetting
    ? [
        renderField(
          'old images',
          `${formatPoints(evidence.forgetting.difference)}  ${paint.muted('after the fine-tune, on the same old images')}`,
        ),
      ]
    : []),
  ...(evidence.arms.length > 0 ? ['', ...renderArms(evidence.arms, evidence.choice?.chosen ?? null)] : []),
  ...gainLines(evidence),
  ...(evidence.arms.length > 0 ? [''] : []),
  ...curveLines(evidence),
  ...backboneLines(evidence),
  ...evidence.notTried.map((line, index) => renderField(index === 0 ? 'not tried' : '', line)),
  renderField('time', formatDuration(seconds)),
  ...(command ? ['', ` ${paint.muted('next')}`, `   ${command}`] : []),
];

/** A verdict for people: the sentence, its reasons, what was measured, what was not, and the command. */
export const renderVerdict = (verdict: Verdict): string[] => [
  '',
  ...renderAdvice(verdict),
  '',
  ...renderEvidence(verdict),
];
