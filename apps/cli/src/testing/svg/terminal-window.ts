import { cellSize, escapeXml } from './draw-screen.js';
import { type TerminalTheme, terminalPalettes } from './terminal-palette.js';

export interface WindowOptions {
  readonly columns: number;
  readonly rows: number;
  /** Stands above the screen, and is what a screen reader says. */
  readonly title: string;
  readonly theme?: TerminalTheme;
}

const padding = 12;
const titleHeight = 28;
const fonts = "'JetBrains Mono',ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** A terminal's window around what is drawn on its screen; `styles` is CSS. */
export const drawWindow = (
  screen: string,
  { columns, rows, title, theme = 'dark' }: WindowOptions,
  styles = '',
): string => {
  const { ground, line, muted } = terminalPalettes[theme];
  const width = columns * cellSize.width + 2 * padding;
  const height = rows * cellSize.height + 2 * padding + titleHeight;
  const name = escapeXml(title);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fonts}" font-size="${cellSize.font}" role="img" aria-label="${name}">
<title>${name}</title>${styles === '' ? '' : `\n<style>${styles}</style>`}
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6" fill="${ground}" stroke="${line}"/>
<path d="M0 ${titleHeight + 0.5}H${width}" stroke="${line}"/>
<text x="${padding}" y="19" fill="${muted}">${name}</text>
<g transform="translate(${padding} ${titleHeight + padding})">
${screen}
</g>
</svg>
`;
};
