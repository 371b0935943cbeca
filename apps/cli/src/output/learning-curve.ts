import type { EpochView } from '@regraft/studio';
import { drawCurve } from './braille-canvas.js';
import { paint } from './paint.js';

export interface CurveSize {
  readonly columns: number;
  readonly rows: number;
}

const axisWidth = 7;
const blank = '\u2800';

interface Curve {
  readonly values: readonly number[];
  readonly colour: (text: string) => string;
}

/** Curves over each other on one canvas between two values; the first lies on top. */
const overlay = (
  curves: readonly Curve[],
  [low, high]: readonly [number, number],
  size: CurveSize,
): string[] => {
  const drawn = curves.map(({ values, colour }) => {
    const last = Math.max(1, values.length - 1);
    const points = values.map((value, index) => ({ x: index / last, y: (value - low) / (high - low) }));
    return { colour, cells: drawCurve(points, size) };
  });
  return Array.from({ length: size.rows }, (_, row) =>
    Array.from({ length: size.columns }, (_, column) => {
      const top = drawn.find(({ cells }) => cells[row]![column] !== blank);
      return top ? top.colour(top.cells[row]![column]!) : ' ';
    }).join(''),
  );
};

const withAxis = (lines: readonly string[], high: string, low: string): string[] =>
  lines.map((line, row) => {
    const label = row === 0 ? high : row === lines.length - 1 ? low : '';
    return `${paint.muted(`${label.padStart(axisWidth - 2)} ┤`)}${line.trimEnd()}`;
  });

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The epoch of the highest validation accuracy; the lower loss of equals. */
const bestOf = (epochs: readonly EpochView[]): EpochView | undefined =>
  epochs
    .filter(({ validation }) => validation !== null)
    .sort(
      (a, b) => b.validation!.accuracy - a.validation!.accuracy || a.validation!.loss - b.validation!.loss,
    )[0];

const accuracyCaption = (epochs: readonly EpochView[]): string => {
  const now = epochs.at(-1)!;
  const best = bestOf(epochs);
  if (!now.validation || !best) return `${paint.muted('accuracy: training')} ${percent(now.accuracy)}`;
  return [
    paint.muted('accuracy: '),
    paint.leaf('validation'),
    ` ${percent(now.validation.accuracy)}, best ${percent(best.validation!.accuracy)} in epoch ${best.epoch}   `,
    paint.ice('training'),
    ` ${percent(now.accuracy)}`,
  ].join('');
};

const validationOf = (epochs: readonly EpochView[], key: 'accuracy' | 'loss'): number[] =>
  epochs.flatMap(({ validation }) => (validation ? [validation[key]] : []));

/** Accuracy over the epochs of a phase, validation over training, with what it is now and was at best. */
export const renderAccuracyCurve = (epochs: readonly EpochView[], { columns, rows }: CurveSize): string[] => {
  if (epochs.length === 0) return [];
  const training = epochs.map(({ accuracy }) => accuracy);
  const validation = validationOf(epochs, 'accuracy');
  const low = Math.max(0, Math.floor(Math.min(...training, ...validation) * 10) / 10 - 0.05);
  const size = { columns: columns - axisWidth, rows: rows - 1 };
  const curves = [
    { values: validation, colour: paint.leaf },
    { values: training, colour: paint.ice },
  ];
  return [
    accuracyCaption(epochs),
    ...withAxis(overlay(curves, [low, 1.02], size), '100', (low * 100).toFixed(0)),
  ];
};

/** Loss over the epochs of a phase. */
export const renderLossCurve = (epochs: readonly EpochView[], { columns, rows }: CurveSize): string[] => {
  if (epochs.length === 0) return [];
  const training = epochs.map(({ loss }) => loss);
  const validation = validationOf(epochs, 'loss');
  const high = Math.max(...training, ...validation) * 1.05 || 1;
  const size = { columns: columns - axisWidth, rows: rows - 1 };
  const curves = [
    { values: validation, colour: paint.leaf },
    { values: training, colour: paint.ice },
  ];
  const now = epochs.at(-1)!;
  const validationNow = now.validation
    ? `${paint.leaf('validation')} ${now.validation.loss.toFixed(3)}   `
    : '';
  return [
    `${paint.muted('loss: ')}${validationNow}${paint.ice('training')} ${now.loss.toFixed(3)}`,
    ...withAxis(overlay(curves, [0, high], size), high.toFixed(2), '0'),
  ];
};
