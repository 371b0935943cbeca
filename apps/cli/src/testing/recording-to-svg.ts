import { drawScreen } from './svg/draw-screen.js';
import { readCells } from './svg/screen-cells.js';
import { terminalPalettes } from './svg/terminal-palette.js';
import { drawWindow, type WindowOptions } from './svg/terminal-window.js';

export interface RecordedFrame {
  /** A screen with SGR sequences. */
  readonly lines: readonly string[];
  /** How long it is seen. */
  readonly seconds: number;
}

const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`;

/** When each frame is seen, as CSS; who wants no motion sees the last one. */
const drawStyles = (frames: readonly RecordedFrame[]): string => {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let start = 0;
  const rules = frames.map(({ seconds }, index) => {
    const [from, to] = [percent(start / total), percent((start + seconds) / total)];
    start += seconds;
    const before = index === 0 ? '' : '0%{visibility:hidden}';
    const after = index === frames.length - 1 ? '' : `${to}{visibility:hidden}`;
    return `@keyframes frame-${index}{${before}${from}{visibility:visible}${after}}
.frame-${index}{animation-name:frame-${index}}`;
  });
  return `
.frame{visibility:hidden;animation:${total}s step-end infinite}
.frame:last-child{visibility:visible}
${rules.join('\n')}
@media (prefers-reduced-motion:reduce){.frame{animation:none}}
`;
};

/** Screens of one size, one after another and again from the first, as an SVG that needs no other file. */
export const recordingToSvg = (
  frames: readonly RecordedFrame[],
  { theme = 'dark', ...options }: WindowOptions,
): string => {
  const screens = frames.map(
    ({ lines }, index) =>
      `<g class="frame frame-${index}">\n${drawScreen(readCells(lines), terminalPalettes[theme])}\n</g>`,
  );
  return drawWindow(screens.join('\n'), { ...options, theme }, drawStyles(frames));
};
