/** A place on a canvas: both from 0 to 1, y upward. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

const blank = 0x2800;

/** The bit of each dot of a braille character, by row and column. */
const dotBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/**
 * A curve through points as rows of braille characters, two dots wide and four high each; what lies above or below
 * the canvas is left out.
 *
 * @example drawCurve([{ x: 0, y: 0 }, { x: 1, y: 1 }], { columns: 60, rows: 10 })
 */
export const drawCurve = (
  points: readonly CanvasPoint[],
  { columns, rows }: { columns: number; rows: number },
): string[][] => {
  const bits = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const [right, bottom] = [2 * columns - 1, 4 * rows - 1];
  const dots = points.map(({ x, y }) => [x * right, (1 - y) * bottom] as const);
  const set = (x: number, y: number): void => {
    const [column, row] = [Math.round(x), Math.round(y)];
    if (column < 0 || column > right || row < 0 || row > bottom) return;
    bits[row >> 2]![column >> 1]! |= dotBits[row & 3]![column & 1]!;
  };
  if (dots.length === 1) set(...dots[0]!);
  for (const [index, [x, y]] of dots.slice(1).entries()) {
    const [fromX, fromY] = dots[index]!;
    const length = Math.max(1, Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY))));
    for (let step = 0; step <= length; step++) {
      set(fromX + ((x - fromX) * step) / length, fromY + ((y - fromY) * step) / length);
    }
  }
  return bits.map((row) => row.map((value) => String.fromCharCode(blank + value)));
};
