import { drawCurve } from './braille-canvas.js';
import { paint } from './paint.js';
import { formatLoss, layOutRateCurve, type RateCurveSource } from './rate-curve.js';

const columns = 64;
const rows = 10;
const margin = 8;

/** A line with words at columns; a word that would touch the one before is left out. */
const placeWords = (words: readonly { readonly x: number; readonly label: string }[]): string => {
  let line = '';
  for (const { x, label } of words) {
    const start = Math.max(
      0,
      Math.min(columns - label.length, Math.round(x * (columns - 1) - label.length / 2)),
    );
    if (line === '' || start > line.length) line = line.padEnd(start) + label;
  }
  return line;
};

/** A range test as lines of at most 80 columns: the smoothed loss over the learning rate, a mark at the suggestion. */
export const renderRatePlot = (search: RateCurveSource): string[] => {
  const { smoothed, suggestion, low, high, decades } = layOutRateCurve(search);
  const mark = Math.round(suggestion * (columns - 1));
  const lossAt = (row: number): string => {
    if (row === 0) return formatLoss(high);
    return row === rows - 1 ? formatLoss(low) : '';
  };
  const lines = drawCurve(smoothed, { columns, rows }).map((cells, row) => {
    const painted = cells.map((cell, column) => {
      if (cell !== '\u2800') return paint.ice(cell);
      return column === mark ? paint.bloom('┊') : ' ';
    });
    return `${paint.muted(`${lossAt(row).padStart(margin - 1)} ┤`)}${painted.join('').trimEnd()}`;
  });
  const axis = Array.from({ length: columns }, (_, column) =>
    column === mark ? paint.bloom('▲') : paint.muted('─'),
  );
  return [
    paint.muted(`${'loss'.padStart(margin - 1)}`),
    ...lines,
    `${' '.repeat(margin)}${paint.muted('└')}${axis.join('')}`,
    paint.muted(`${' '.repeat(margin + 1)}${placeWords(decades)}`),
    paint.muted(`${' '.repeat(margin + 1)}${'learning rate'.padStart(columns)}`),
  ];
};
