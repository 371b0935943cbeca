/** Pixels of a picture, row by row: three bytes each, red, green and blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How many bits a terminal has for a colour: a palette of 256, or all of them. */
export type ColourBits = 8 | 24;

type Colour = readonly [red: number, green: number, blue: number];

/** The levels of each colour in the cube of xterm's palette. */
const levels: readonly number[] = [0, 95, 135, 175, 215, 255];

const nearestLevel = (value: number): number =>
  levels.reduce(
    (best, level, index) => (Math.abs(level - value) < Math.abs(levels[best]! - value) ? index : best),
    0,
  );

const distance = (a: Colour, b: Colour): number =>
  a.reduce((sum, value, channel) => sum + (value - b[channel]!) ** 2, 0);

/** The entry of xterm's palette of 256 that comes nearest: of its cube of colours, or of its greys. */
const paletteEntry = (colour: Colour): number => {
  const [red, green, blue] = colour.map(nearestLevel) as [number, number, number];
  const mean = (colour[0] + colour[1] + colour[2]) / 3;
  const grey = Math.max(0, Math.min(23, Math.round((mean - 8) / 10)));
  const shade = 8 + grey * 10;
  const isGrey =
    distance(colour, [shade, shade, shade]) < distance(colour, [levels[red]!, levels[green]!, levels[blue]!]);
  return isGrey ? 232 + grey : 16 + 36 * red + 6 * green + blue;
};

const codeOf = (colour: Colour, bits: ColourBits): string =>
  bits === 24 ? `2;${colour.join(';')}` : `5;${paletteEntry(colour)}`;

/**
 * A picture as lines of half blocks, two pixels above each other in a cell: the upper as the ink, the lower as the ground.
 *
 * @example renderHalfBlocks({ width: 2, height: 2, data }, 24) // one line of two cells
 */
export const renderHalfBlocks = ({ width, height, data }: Pixels, bits: ColourBits): string[] => {
  const pixel = (x: number, y: number): Colour => {
    const at = (y * width + x) * 3;
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  };
  return Array.from({ length: Math.ceil(height / 2) }, (_, row) => {
    let line = '';
    for (let x = 0; x < width; x++) {
      const upper = `\u001b[38;${codeOf(pixel(x, 2 * row), bits)}m`;
      const below = 2 * row + 1;
      line += below < height ? `${upper}\u001b[48;${codeOf(pixel(x, below), bits)}m▀` : `${upper}\u001b[49m▀`;
    }
    return `${line}\u001b[39m\u001b[49m`;
  });
};
