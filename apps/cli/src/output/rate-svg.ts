import type { CanvasPoint } from './braille-canvas.js';
import { formatLearningRate, formatLoss, layOutRateCurve, type RateCurveSource } from './rate-curve.js';

const frame = { left: 64, top: 40, width: 560, height: 260 };

const styles = `
  .ground { fill: #fbfbf9 } .axis { stroke: #e2e5e1 } text { fill: #1b1f1d; font: 13px Inter, sans-serif }
  .muted { fill: #5b6560 } .each { stroke: #e2e5e1 } .curve { stroke: #2b6f9e; stroke-width: 2 }
  .mark { stroke: #9a4f96; stroke-dasharray: 4 3 } .named { fill: #9a4f96 }
  polyline { fill: none; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #111412 } .axis, .each { stroke: #2b312e } text { fill: #e8ecea } .muted { fill: #9aa6a0 }
    .curve { stroke: #6bb8e8 } .mark { stroke: #d59ad1 } .named { fill: #d59ad1 }
  }`;

const across = (x: number): string => (frame.left + x * frame.width).toFixed(1);
const down = (y: number): string => (frame.top + (1 - y) * frame.height).toFixed(1);

const polyline = (kind: string, points: readonly CanvasPoint[]): string =>
  `<polyline class="${kind}" points="${points.map(({ x, y }) => `${across(x)},${down(y)}`).join(' ')}"/>`;

const text = (x: string, y: string | number, words: string, attributes: string): string =>
  `<text x="${x}" y="${y}" ${attributes}>${words}</text>`;

/** A range test as an SVG document in light and dark: each loss, the smoothed one, and the suggestion. */
export const renderRateSvg = (search: RateCurveSource): string => {
  const { smoothed, losses, suggestion, low, high, decades } = layOutRateCurve(search);
  const rate = formatLearningRate(search.suggestion);
  const bottom = frame.top + frame.height;
  const side = suggestion > 0.5 ? 'end' : 'start';
  const shift = side === 'end' ? -0.012 : 0.012;
  return `${[
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 648 360" role="img">',
    `<title>Loss over learning rate; suggested: ${rate}</title>`,
    `<style>${styles}\n</style>`,
    '<rect class="ground" width="648" height="360"/>',
    `<clipPath id="plot"><rect x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}"/></clipPath>`,
    `<path class="axis" d="M${frame.left} ${frame.top}V${bottom}H${frame.left + frame.width}" fill="none"/>`,
    `<g clip-path="url(#plot)">${polyline('each', losses)}${polyline('curve', smoothed)}</g>`,
    `<path class="mark" d="M${across(suggestion)} ${frame.top}V${bottom}"/>`,
    text(
      across(suggestion + shift),
      frame.top + 14,
      `suggested ${rate}`,
      `class="named" text-anchor="${side}"`,
    ),
    ...decades.map(({ x, label }) =>
      text(across(x), bottom + 20, label, 'class="muted" text-anchor="middle"'),
    ),
    text(across(1), bottom + 42, 'learning rate', 'class="muted" text-anchor="end"'),
    text(String(frame.left - 8), down(0), formatLoss(low), 'class="muted" text-anchor="end"'),
    text(String(frame.left - 8), down(1), formatLoss(high), 'class="muted" text-anchor="end"'),
    text(String(frame.left), frame.top - 14, 'loss', 'class="muted"'),
    '</svg>',
  ].join('\n')}\n`;
};
