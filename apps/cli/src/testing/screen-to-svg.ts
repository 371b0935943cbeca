import { drawScreen } from './svg/draw-screen.js';
import { readCells } from './svg/screen-cells.js';
import { terminalPalettes } from './svg/terminal-palette.js';
import { drawWindow, type WindowOptions } from './svg/terminal-window.js';

/**
 * One screen with SGR sequences as an SVG that needs no other file: a terminal's window in Regraft's colours.
 *
 * @example screenToSvg(await terminal.screenWithColours(), { columns: 80, rows: 24, title: 'regraft' })
 */
export const screenToSvg = (
  lines: readonly string[],
  { theme = 'dark', ...options }: WindowOptions,
): string => drawWindow(drawScreen(readCells(lines), terminalPalettes[theme]), { ...options, theme });
