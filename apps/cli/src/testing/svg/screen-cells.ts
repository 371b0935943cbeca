import { type AnsiCode, styledCharsFromTokens, tokenize } from '@alcalzone/ansi-tokenize';
import stringWidth from 'string-width';

/** One of the 256 that a terminal has by number, or `#rrggbb`. */
export type CellColour = number | string;

export interface CellStyle {
  readonly foreground: CellColour | null;
  readonly background: CellColour | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** A character as it is seen: where it begins and how many columns it fills. */
export interface Cell {
  readonly text: string;
  readonly column: number;
  readonly width: number;
  readonly style: CellStyle;
}

const plainStyle: CellStyle = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const hex = (channel: number | undefined): string => (channel ?? 0).toString(16).padStart(2, '0');

/** `38;5;208` and `38;2;255;135;0`, `48;…` alike. */
const extendedColour = ([, kind, ...channels]: readonly number[]): CellColour =>
  kind === 5 ? (channels[0] ?? 0) : `#${channels.slice(0, 3).map(hex).join('')}`;

const withCode = (style: CellStyle, code: AnsiCode): CellStyle => {
  const numbers = code.code.slice(2, -1).split(';').map(Number);
  const [first = 0] = numbers;
  if (first === 1) return { ...style, bold: true };
  if (first === 2) return { ...style, dim: true };
  if (first === 3) return { ...style, italic: true };
  if (first === 4) return { ...style, underline: true };
  if (first === 7) return { ...style, inverse: true };
  if (first === 38) return { ...style, foreground: extendedColour(numbers) };
  if (first === 48) return { ...style, background: extendedColour(numbers) };
  if (first >= 30 && first <= 37) return { ...style, foreground: first - 30 };
  if (first >= 40 && first <= 47) return { ...style, background: first - 40 };
  if (first >= 90 && first <= 97) return { ...style, foreground: first - 90 + 8 };
  if (first >= 100 && first <= 107) return { ...style, background: first - 100 + 8 };
  return style;
};

/**
 * The cells of a screen with SGR sequences, a list a row; a style goes on into the next row, as `tmux capture-pane -e`
 * writes it.
 */
export const readCells = (lines: readonly string[]): Cell[][] => {
  const rows: Cell[][] = [[]];
  let column = 0;
  for (const { value, styles } of styledCharsFromTokens(tokenize(lines.join('\n')))) {
    if (value === '\n') {
      rows.push([]);
      column = 0;
      continue;
    }
    const width = stringWidth(value);
    if (width === 0) continue;
    rows.at(-1)!.push({ text: value, column, width, style: styles.reduce(withCode, plainStyle) });
    column += width;
  }
  return rows;
};
