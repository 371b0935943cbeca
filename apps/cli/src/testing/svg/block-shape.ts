/** A part of a cell, in shares of its width and height from the top left. */
export interface BlockPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BlockShape {
  readonly parts: readonly BlockPart[];
  /** Below 1 for shades. */
  readonly opacity: number;
}

const whole = { x: 0, y: 0, width: 1, height: 1 };
const shape = (...parts: readonly BlockPart[]): BlockShape => ({ parts, opacity: 1 });

const upperLeft = { x: 0, y: 0, width: 0.5, height: 0.5 };
const upperRight = { ...upperLeft, x: 0.5 };
const lowerLeft = { ...upperLeft, y: 0.5 };
const lowerRight = { ...upperRight, y: 0.5 };

/** ▖▗▘▙▚▛▜▝▞▟, in the order of their code points. */
const quadrants = [
  [lowerLeft],
  [lowerRight],
  [upperLeft],
  [upperLeft, lowerLeft, lowerRight],
  [upperLeft, lowerRight],
  [upperLeft, upperRight, lowerLeft],
  [upperLeft, upperRight, lowerRight],
  [upperRight],
  [upperRight, lowerLeft],
  [upperRight, lowerLeft, lowerRight],
];

/** Column and row of the dot of each bit of a braille character. */
const dots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

const braille = (bits: number): BlockShape =>
  shape(
    ...dots
      .filter((_, index) => (bits >> index) & 1)
      .map(([column, row]) => ({ x: column / 2 + 0.125, y: row / 4 + 0.0625, width: 0.25, height: 0.125 })),
  );

/**
 * What a block element or a braille character covers of its cell, so that neighbours meet whatever the font; null for
 * characters that a font draws.
 */
export const blockShape = (character: string): BlockShape | null => {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2800 && code <= 0x28ff) return braille(code - 0x2800);
  if (code < 0x2580 || code > 0x259f) return null;
  if (code === 0x2580) return shape({ ...whole, height: 0.5 });
  if (code <= 0x2588) {
    const height = (code - 0x2580) / 8;
    return shape({ ...whole, y: 1 - height, height });
  }
  if (code <= 0x258f) return shape({ ...whole, width: (0x2590 - code) / 8 });
  if (code === 0x2590) return shape({ ...whole, x: 0.5, width: 0.5 });
  if (code <= 0x2593) return { parts: [whole], opacity: (code - 0x2590) / 4 };
  if (code === 0x2594) return shape({ ...whole, height: 1 / 8 });
  if (code === 0x2595) return shape({ ...whole, x: 7 / 8, width: 1 / 8 });
  return shape(...quadrants[code - 0x2596]!);
};
