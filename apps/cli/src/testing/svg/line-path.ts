/** The sides of its cell that a light box-drawing character reaches from the middle. */
const sides: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '┌': 'rd',
  '┐': 'ld',
  '└': 'ru',
  '┘': 'lu',
  '├': 'udr',
  '┤': 'udl',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
  '╭': 'rd',
  '╮': 'ld',
  '╰': 'ru',
  '╯': 'lu',
  '╴': 'l',
  '╵': 'u',
  '╶': 'r',
  '╷': 'd',
};

const rounded = '╭╮╰╯';

/**
 * The path of a light box-drawing character in a cell at x, y; null for characters that a font draws.
 *
 * @example linePath('│', { x: 0, y: 0, width: 8, height: 18 }) // 'M4 9V0M4 9V18'
 */
export const linePath = (
  character: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): string | null => {
  const reached = sides[character];
  if (reached === undefined) return null;
  const [middle, centre] = [x + width / 2, y + height / 2];
  if (rounded.includes(character)) {
    const [side, end] = [reached[0] === 'r' ? x + width : x, reached[1] === 'd' ? y + height : y];
    return `M${side} ${centre}Q${middle} ${centre} ${middle} ${end}`;
  }
  const ends = { l: `H${x}`, r: `H${x + width}`, u: `V${y}`, d: `V${y + height}` };
  return [...reached].map((side) => `M${middle} ${centre}${ends[side as keyof typeof ends]}`).join('');
};
