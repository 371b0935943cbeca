import { type ArmSummary, armTitle, formatQuantity } from '@regraft/studio';
import stringWidth from 'string-width';
import { paint } from './paint.js';

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const measured = ({ name, validation }: ArmSummary): Measured[] => {
  if (validation === null) return [];
  const { value, low, high, n } = validation;
  return value === null || low === null || high === null ? [] : [{ name, value, low, high, n }];
};

const widestPlot = 60;
const narrowestPlot = 12;
/** ` 84.0 %  chosen` */
const wordsWidth = 16;

/** An interval on a scale of so many columns. */
const drawInterval = ({ low, value, high }: Measured, at: (share: number) => number): string => {
  const [left, middle, right] = [at(low), at(value), at(high)];
  const cell = (column: number): string => {
    if (column === middle) return '●';
    if (column === left) return '├';
    if (column === right) return '┤';
    return column > left && column < right ? '─' : ' ';
  };
  return Array.from({ length: right + 1 }, (_, column) => cell(column)).join('');
};

/**
 * The accuracies of arms on a common scale, an interval a line; the chosen one is marked by a word. Nothing where fewer
 * than two were measured, or on too few columns.
 *
 * @example renderArmPlot(arms, 'last-2', 78) // ' head only  ├────●───┤   84.0 %' …
 */
export const renderArmPlot = (
  arms: readonly ArmSummary[],
  chosen: string | null,
  columns: number,
): string[] => {
  const rows = arms.flatMap(measured);
  const names = Math.max(0, ...rows.map(({ name }) => stringWidth(armTitle(name))));
  const width = Math.min(widestPlot, columns - 2 - names - 2 - wordsWidth);
  if (rows.length < 2 || width < narrowestPlot) return [];
  const first = Math.floor(Math.min(...rows.map(({ low }) => low)) * 10) / 10;
  const last = Math.max(first + 0.1, Math.ceil(Math.max(...rows.map(({ high }) => high)) * 10) / 10);
  const at = (share: number): number => Math.round(((share - first) / (last - first)) * (width - 1));
  const [from, to] = [first, last].map((share) => `${Math.round(share * 100)} %`) as [string, string];
  const margin = ' '.repeat(2 + names + 2);
  const axis = margin + paint.muted(from + to.padStart(width - from.length));
  const images = formatQuantity(Math.max(...rows.map(({ n }) => n)), 'validation image');
  return [
    `  ${paint.muted(`accuracy on ${images}`)}`,
    axis,
    ...rows.map((row) => {
      const isChosen = row.name === chosen;
      const title = armTitle(row.name);
      const name = title + ' '.repeat(names - stringWidth(title));
      const plot = drawInterval(row, at).padEnd(width);
      const share = `${(row.value * 100).toFixed(1)} %`.padStart(7);
      const line = `${name}  ${plot} ${share}${isChosen ? '  chosen' : ''}`;
      return `  ${isChosen ? paint.leaf(line) : line}`;
    }),
  ];
};
