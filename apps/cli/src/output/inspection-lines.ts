import { isAbsolute, relative } from 'node:path';
import { formatCount, formatQuantity, formatShare, type InspectionReport } from '@regraft/studio';
import { paint } from './paint.js';
import { renderField } from './run-summary.js';
import { renderTable } from './table.js';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A path as short as it can be from here. */
const shorten = (file: string): string => {
  const inside = relative(process.cwd(), file);
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
};

/** A title with its explanation, then rows of a file and what there is to say of it. */
const renderSection = (
  title: string,
  explanation: string,
  rows: readonly { readonly file: string; readonly finding: string }[],
): string[] => [
  '',
  ` ${paint.strong(title)}  ${paint.muted(explanation)}`,
  ...rows.map(({ file, finding }) => `   ${finding}  ${shorten(file)}`),
];

const renderHeader = ({ version, name, data, heldOut }: InspectionReport): string[] => [
  ` ${paint.strong(version)}${name === null ? '' : ` ${name}`}  ${paint.muted(
    `${formatCount(data.train)} training, ${formatCount(data.validation)} validation and ${formatQuantity(data.test, 'test image')}`,
  )}`,
  ...(heldOut ? [renderField('accuracy', paint.strong(formatShare(heldOut.accuracy)))] : []),
  ...(heldOut ? [renderField('', 'on the validation and test images together')] : []),
  ...(data.gone > 0
    ? [
        renderField(
          'gone',
          paint.amber(
            `${formatQuantity(data.gone, 'file')} no longer under ${data.root}: judged by what is stored of them`,
          ),
        ),
      ]
    : []),
  ...(data.unreadable.length > 0
    ? [
        renderField(
          'left out',
          paint.amber(
            `${formatQuantity(data.unreadable.length, 'image')}, the first ${shorten(data.unreadable[0]!.file)}: ${data.unreadable[0]!.reason}`,
          ),
        ),
      ]
    : []),
];

const renderClasses = ({ heldOut }: InspectionReport): string[] =>
  heldOut === null
    ? []
    : [
        '',
        ...renderTable(heldOut.classes, [
          { title: 'class', value: ({ label }) => label },
          { title: 'found', value: ({ recall }) => formatShare(recall), align: 'right' },
          { title: 'right when named', value: ({ precision }) => formatShare(precision), align: 'right' },
        ]).map((line) => `   ${line}`),
      ];

const renderConfusions = ({ confusions }: InspectionReport): string[] =>
  confusions.length === 0
    ? []
    : [
        '',
        ` ${paint.strong('Taken for each other')}`,
        ...confusions.map(
          ({ actual, predicted, count, of, images }) =>
            `   ${actual} taken for ${predicted}: ${formatCount(count)} of ${formatCount(of)}  ${paint.muted(`as ${shorten(images[0]!.file)}`)}`,
        ),
      ];

const renderLosses = ({ topLosses }: InspectionReport, most: number): string[] =>
  renderSection(
    'The worst mistakes',
    'held-out images whose own label the model believed least',
    topLosses
      .filter(({ label, predicted }) => label !== predicted)
      .slice(0, most)
      .map(({ file, label, predicted, probabilities }) => ({
        file,
        finding: `${label} taken for ${predicted}, ${percent(probabilities[0]!.probability)} sure`,
      })),
  );

const renderLabelErrors = ({ labelErrors }: InspectionReport, most: number): string[] => {
  if (labelErrors === null) return [];
  const { images, total, n } = labelErrors;
  return renderSection(
    `Labels to check: ${formatCount(total)}`,
    `of ${formatCount(n)} training and validation images; they may be wrong, or only hard`,
    images.slice(0, most).map(({ file, label, suggested, suggestedProbability }) => ({
      file,
      finding: `${label}, but rather ${suggested} (${percent(suggestedProbability)})`,
    })),
  );
};

const renderAlike = ({ alike }: InspectionReport, most: number): string[] =>
  renderSection(
    `Pairs that look the same: ${formatCount(alike.total)}`,
    alike.total === 0
      ? `of ${formatQuantity(alike.n, 'image')} compared`
      : `of ${formatQuantity(alike.n, 'image')}; ${formatCount(alike.acrossSplits)} on both sides of a split, which flatters the accuracy`,
    alike.pairs.slice(0, most).map(({ images: [first, second] }) => ({
      file: `${shorten(first.file)}  =  ${shorten(second.file)}`,
      finding:
        (first.split === second.split ? first.split : `${first.split} and ${second.split}`) +
        (first.label === second.label ? '' : `, ${first.label} and ${second.label}`),
    })),
  );

const renderOutliers = ({ outliers }: InspectionReport, most: number): string[] => {
  if (outliers === null) return [];
  const known = outliers.typicalLimit !== null;
  const images = outliers.images.filter(({ isUnusual }) => isUnusual || !known);
  return renderSection(
    known ? `Unlike all others: ${formatCount(outliers.unusual)}` : 'Least like the others',
    `of ${formatQuantity(outliers.n, 'image')}, by their distance from the training images`,
    images.slice(0, most).map(({ file, label, split }) => ({ file, finding: `${label}, ${split}` })),
  );
};

const renderChosen = ({ chosen }: InspectionReport): string[] =>
  chosen.length === 0
    ? []
    : renderSection(
        'Heat maps',
        'of images you named',
        chosen.map(({ file, predicted, probabilities }) => ({
          file,
          finding: `${predicted} ${percent(probabilities[0]!.probability)}`,
        })),
      );

/** What an inspection found, for people: at most `most` images of each kind. */
export const renderInspectionLines = (report: InspectionReport, most: number): string[] =>
  [
    renderHeader,
    renderClasses,
    renderConfusions,
    renderLosses,
    renderLabelErrors,
    renderAlike,
    renderOutliers,
    renderChosen,
  ].flatMap((render) => render(report, most));
