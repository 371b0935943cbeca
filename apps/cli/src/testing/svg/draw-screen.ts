import { blockShape } from './block-shape.js';
import { linePath } from './line-path.js';
import type { Cell } from './screen-cells.js';
import { type CellPaint, paintOf, type TerminalPalette } from './terminal-palette.js';

/** Pixels of a cell; the font is a little smaller than the cell is wide. */
export const cellSize = { width: 8, height: 18, font: 13, baseline: 13 } as const;

/** Text that an XML attribute or element can hold. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

const rounded = (value: number): number => Math.round(value * 100) / 100;

const cellBox = ({ column, width }: Cell, row: number) => ({
  x: column * cellSize.width,
  y: row * cellSize.height,
  width: width * cellSize.width,
  height: cellSize.height,
});

/** Joins neighbours for which `keyOf` says the same, but none to which it says null. */
const runsOf = (cells: readonly Cell[], keyOf: (cell: Cell) => string | null): Cell[][] => {
  const runs: Cell[][] = [];
  let last: string | null = null;
  for (const cell of cells) {
    const key = keyOf(cell);
    if (key !== null) {
      const before = runs.at(-1)?.at(-1);
      if (key === last && before && before.column + before.width === cell.column) runs.at(-1)!.push(cell);
      else runs.push([cell]);
    }
    last = key;
  }
  return runs;
};

const attributes = (values: Readonly<Record<string, string | number | false>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== false)
    .map(
      ([name, value]) =>
        ` ${name}="${typeof value === 'number' ? rounded(value) : escapeXml(value as string)}"`,
    )
    .join('');

const partialOpacity = (opacity: number): number | false => (opacity === 1 ? false : opacity);

const drawGround = (run: readonly Cell[], row: number, { fill }: CellPaint): string => {
  const { x, y, height } = cellBox(run[0]!, row);
  const width = run.reduce((total, cell) => total + cell.width, 0) * cellSize.width;
  return `<rect${attributes({ x, y, width, height, fill: fill! })}/>`;
};

const drawBlocks = (run: readonly Cell[], row: number, { ink, opacity }: CellPaint): string => {
  const path = run.flatMap((cell) => {
    const box = cellBox(cell, row);
    return blockShape(cell.text)!.parts.map((part) => {
      const [x, y] = [rounded(box.x + part.x * box.width), rounded(box.y + part.y * box.height)];
      const [width, height] = [rounded(part.width * box.width), rounded(part.height * box.height)];
      return `M${x} ${y}h${width}v${height}h${-width}z`;
    });
  });
  const shade = opacity * blockShape(run[0]!.text)!.opacity;
  return path.length === 0
    ? ''
    : `<path${attributes({ d: path.join(''), fill: ink, 'fill-opacity': partialOpacity(shade) })}/>`;
};

const drawLines = (run: readonly Cell[], row: number, { ink, opacity }: CellPaint): string => {
  const path = run.map((cell) => linePath(cell.text, cellBox(cell, row))!).join('');
  return `<path${attributes({ d: path, fill: 'none', stroke: ink, 'stroke-opacity': partialOpacity(opacity) })}/>`;
};

const drawText = (run: readonly Cell[], row: number, { ink, opacity }: CellPaint): string => {
  const last = run.findLastIndex(({ text }) => text !== ' ');
  const first = run.findIndex(({ text }) => text !== ' ');
  if (first === -1) return '';
  const seen = run.slice(first, last + 1);
  const { x, y } = cellBox(seen[0]!, row);
  const { bold, italic, underline } = seen[0]!.style;
  const values = {
    x,
    y: y + cellSize.baseline,
    textLength: seen.reduce((total, cell) => total + cell.width, 0) * cellSize.width,
    lengthAdjust: 'spacingAndGlyphs',
    fill: ink,
    'fill-opacity': partialOpacity(opacity),
    'font-weight': bold && '700',
    'font-style': italic && 'italic',
    'text-decoration': underline && 'underline',
  };
  // A gap of ordinary spaces would be shown as one.
  const text = seen
    .map((cell) => cell.text)
    .join('')
    .replace(/ {2,}/g, (gap) => '\u00a0'.repeat(gap.length));
  return `<text${attributes(values)}>${escapeXml(text)}</text>`;
};

/** One row of a screen: grounds, then what lies on them. */
const drawRow = (cells: readonly Cell[], row: number, palette: TerminalPalette): string => {
  const paint = ({ style }: Cell) => paintOf(style, palette);
  const styleKey = ({ style }: Cell) => JSON.stringify(style);
  const isBlock = ({ text }: Cell) => blockShape(text) !== null;
  const isLine = (cell: Cell) => linePath(cell.text, cellBox(cell, row)) !== null;
  const draw = (
    keyOf: (cell: Cell) => string | null,
    drawRun: (run: readonly Cell[], row: number, paint: CellPaint) => string,
  ): string[] => runsOf(cells, keyOf).map((run) => drawRun(run, row, paint(run[0]!)));
  return [
    ...draw((cell) => paint(cell).fill, drawGround),
    ...draw(
      (cell) => (isBlock(cell) ? `${styleKey(cell)}${blockShape(cell.text)!.opacity}` : null),
      drawBlocks,
    ),
    ...draw((cell) => (isLine(cell) ? styleKey(cell) : null), drawLines),
    // A wide character stands alone: fonts don't agree on how wide it is.
    ...draw(
      (cell) =>
        isBlock(cell) || isLine(cell) ? null : `${styleKey(cell)}${cell.width === 1 ? '' : cell.column}`,
      drawText,
    ),
  ].join('');
};

/** The SVG elements of a screen whose top left is at 0, 0: a line of markup for each row that isn't empty. */
export const drawScreen = (rows: readonly (readonly Cell[])[], palette: TerminalPalette): string =>
  rows
    .map((cells, row) => drawRow(cells, row, palette))
    .filter((markup) => markup !== '')
    .join('\n');
