import {
  type ComparedVersion,
  formatQuantity,
  formatShare,
  formatTime,
  type VersionPair,
} from '@regraft/studio';
import stringWidth from 'string-width';
import { paint } from './paint.js';
import { renderTable } from './table.js';

interface Row {
  readonly term: string;
  readonly values: readonly [string, string];
  /** Beside the values: whether they are the same. */
  readonly word: string;
}

const rowOf = (term: string, values: readonly [string, string]): Row => ({
  term,
  values,
  word: values[0] === values[1] ? 'same' : 'differs',
});

const bothOf = (
  { versions: [first, second] }: VersionPair,
  value: (version: ComparedVersion) => string,
): readonly [string, string] => [value(first), value(second)];

const trainedWords = ({ trained }: ComparedVersion): string => {
  if (trained.length === 0) return 'the head alone';
  const [lowest] = trained;
  return trained.length === 1 ? `${lowest} and the head` : `${lowest} to ${trained.at(-1)}, and the head`;
};

const accuracyWords = ({ accuracy }: ComparedVersion): string =>
  accuracy ? formatShare(accuracy) : 'not measured';

const nameWords = ({ name, aliases }: ComparedVersion): string =>
  [name, ...aliases].filter((word) => word !== null).join(', ') || '–';

const valueWords = (value: unknown): string => {
  if (value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Settings that other rows tell of already. */
const toldElsewhere = new Set([
  ...['data.folder', 'data.csv', 'name', 'start.name', 'start.id', 'start.kind'],
  ...['freeze.kind', 'freeze.count', 'freeze.block'],
]);

const rowsOf = (pair: VersionPair): Row[] => {
  const of = (value: (version: ComparedVersion) => string) => bothOf(pair, value);
  const { labels, sameImages } = pair;
  return [
    rowOf('names', of(nameWords)),
    rowOf(
      'backbone',
      of(({ backbone }) => backbone),
    ),
    rowOf(
      'trained from',
      of(({ parent, backbone }) => parent ?? backbone),
    ),
    {
      ...rowOf(
        'labels',
        of((version) => formatQuantity(version.labels.length, 'label')),
      ),
      word: labels.onlyFirst.length + labels.onlySecond.length === 0 ? 'same' : 'differs',
    },
    rowOf('learned', of(trainedWords)),
    rowOf(
      'images',
      of(({ data }) => data),
    ),
    {
      ...rowOf('accuracy', of(accuracyWords)),
      word: sameImages ? 'same images' : 'other images',
    },
    ...pair.measured.map(({ data, accuracies: [first, second] }) => ({
      term: `on ${data}`,
      values: [formatShare(first), formatShare(second)] as const,
      word: 'same images',
    })),
    rowOf(
      'made',
      of(({ createdAt }) => formatTime(createdAt)),
    ),
    ...pair.settings
      .filter(({ setting }) => !toldElsewhere.has(setting))
      .map(({ setting, values: [first, second] }) => ({
        term: setting,
        values: [valueWords(first), valueWords(second)] as const,
        word: 'differs',
      })),
  ];
};

const paintWord = (word: string): string => (word === 'same' ? paint.muted(word) : paint.amber(word));

const asTable = (rows: readonly Row[], titles: readonly [string, string]): string[] =>
  renderTable(rows, [
    { title: '', value: ({ term }) => term },
    { title: titles[0], value: ({ values }) => values[0] },
    { title: titles[1], value: ({ values }) => values[1] },
    { title: '', value: ({ word }) => paintWord(word) },
  ]).map((line, index) => `  ${index === 0 ? paint.strong(line) : line}`);

/** The values one below the other, for a narrow terminal. */
const asBlocks = (rows: readonly Row[], [first, second]: readonly [string, string]): string[] => {
  const width = Math.max(stringWidth(first), stringWidth(second)) + 2;
  return rows.flatMap(({ term, values, word }) =>
    word === 'same'
      ? [`  ${term}: ${values[0]}  ${paintWord(word)}`]
      : [
          `  ${term}  ${paintWord(word)}`,
          `    ${paint.strong(first.padEnd(width))}${values[0]}`,
          `    ${paint.strong(second.padEnd(width))}${values[1]}`,
        ],
  );
};

const labelNotes = ({
  versions: [first, second],
  labels: { onlyFirst, onlySecond },
}: VersionPair): string[] => [
  ...(onlyFirst.length > 0 ? [`Only ${first.version} knows ${onlyFirst.join(', ')}.`] : []),
  ...(onlySecond.length > 0 ? [`Only ${second.version} knows ${onlySecond.join(', ')}.`] : []),
];

const accuracyNote = ({ sameImages, labels, versions: [first, second] }: VersionPair): string[] => {
  if (sameImages || first.accuracy === null || second.accuracy === null) return [];
  const isOtherTask = labels.onlyFirst.length + labels.onlySecond.length > 0;
  return [
    'The accuracies are of different images, so they do not show which version is better.',
    ...(isOtherTask ? [] : [`To have both asked the same images: regraft promote ${second.version}`]),
  ];
};

/** Two versions side by side, with a word for what differs; below each other where that is wider than `columns`. */
export const renderPair = (pair: VersionPair, columns: number = Number.POSITIVE_INFINITY): string[] => {
  const rows = rowsOf(pair);
  const titles = bothOf(pair, ({ version }) => version);
  const table = asTable(rows, titles);
  const fits = table.every((line) => stringWidth(line) <= columns);
  const notes = [...labelNotes(pair), ...accuracyNote(pair)];
  return [
    ...(fits ? table : asBlocks(rows, titles)),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `  ${note}`)] : []),
  ];
};
