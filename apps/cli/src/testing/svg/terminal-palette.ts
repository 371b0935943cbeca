import type { CellColour, CellStyle } from './screen-cells.js';

export interface TerminalPalette {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  /** Black, red, green, yellow, blue, magenta, cyan, white; the bright eight are the same but for grey and white. */
  readonly colours: readonly string[];
}

/** Regraft's colours by meaning, where a terminal has names for them. */
export const terminalPalettes = {
  dark: {
    ground: '#111412',
    text: '#e8ecea',
    muted: '#9aa6a0',
    line: '#2b312e',
    colours: ['#2b312e', '#f2867e', '#4cc38a', '#e2b04a', '#7d9df0', '#d59ad1', '#6bb8e8', '#c9d1cd'],
  },
  light: {
    ground: '#fbfbf9',
    text: '#1b1f1d',
    muted: '#5b6560',
    line: '#e2e5e1',
    colours: ['#1b1f1d', '#b3261e', '#1f7a4d', '#8a5a00', '#3a56b0', '#9a4f96', '#2b6f9e', '#c5cbc7'],
  },
} as const satisfies Record<string, TerminalPalette>;

export type TerminalTheme = keyof typeof terminalPalettes;

const hex = (...channels: readonly number[]): string =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** A level of xterm's 6 x 6 x 6 cube. */
const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);

const resolve = (colour: CellColour, { colours, muted, text }: TerminalPalette): string => {
  if (typeof colour === 'string') return colour;
  if (colour === 8) return muted;
  if (colour === 15) return text;
  if (colour < 16) return colours[colour % 8]!;
  if (colour >= 232) {
    const grey = 8 + 10 * (colour - 232);
    return hex(grey, grey, grey);
  }
  const place = colour - 16;
  return hex(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
};

export interface CellPaint {
  readonly ink: string;
  /** 1, or less for what is dim in a colour; dim text without one has a colour of its own. */
  readonly opacity: number;
  /** Null where the ground is seen. */
  readonly fill: string | null;
}

/** The colours in which a style is drawn. */
export const paintOf = (style: CellStyle, palette: TerminalPalette): CellPaint => {
  const fallback = style.dim ? palette.muted : palette.text;
  const ink = style.foreground === null ? fallback : resolve(style.foreground, palette);
  const fill = style.background === null ? null : resolve(style.background, palette);
  const opacity = style.dim && style.foreground !== null ? 0.65 : 1;
  return style.inverse ? { ink: fill ?? palette.ground, opacity: 1, fill: ink } : { ink, opacity, fill };
};
