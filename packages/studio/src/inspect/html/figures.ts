import { relative, sep } from 'node:path';
import type { InspectedImage, InspectedPrediction } from '../inspection-report.js';
import type { InspectionPictures } from '../pictures/inspection-pictures.js';
import type { Picture } from '../pictures/thumbnail.js';
import { html, type Markup, nothing } from './markup.js';

/** What figures are made of; it counts the bytes of its pictures and stops before there are too many. */
export interface FigureMaker {
  /** An image and, where there is one, its heat map. */
  pictures(file: string, explained?: string): Markup;
  /** Its path, from the data's folder where it lies in it. */
  path(file: string): Markup;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u00a0%`;

const absent = (reason: string): Markup => html`<span class="absent">no picture: ${reason}</span>`;

/** Figures whose pictures take at most so many bytes of the page. */
export const createFigureMaker = (
  { thumbnails, heatMaps }: InspectionPictures,
  { root, bytes }: { readonly root: string; readonly bytes: number },
): FigureMaker => {
  let left = bytes;
  const show = (picture: Picture | undefined, alternative: string): Markup => {
    if (picture === undefined) return nothing;
    if ('absent' in picture) return absent(picture.absent);
    const data = Buffer.from(picture.webp).toString('base64');
    if (data.length > left) return absent('the report is large enough');
    left -= data.length;
    return html`<img src="data:image/webp;base64,${data}" alt="${alternative}" loading="lazy">`;
  };
  return {
    pictures: (file, explained) => {
      const heat = explained === undefined ? undefined : heatMaps.get(file);
      // Where a file can't be read, one notice says so.
      const isDrawn = heat !== undefined && 'webp' in heat;
      return html`<div class="pictures">${show(thumbnails.get(file), 'the image')}${
        isDrawn ? show(heat, `where the evidence for ${explained} lies`) : nothing
      }</div>`;
    },
    path: (file) => {
      const inside = relative(root, file);
      const shown = inside.startsWith('..') ? file : inside.split(sep).join('/');
      return html`<span class="file"><bdi>${shown}</bdi></span>`;
    },
  };
};

/** The likeliest labels as bars, the given one in bold. */
const bars = (probabilities: InspectedPrediction['probabilities'], given: string | undefined): Markup =>
  html`<div class="bars">${probabilities
    .slice(0, 3)
    .map(
      ({ label, probability }) =>
        html`<div class="bar"><span${label === given ? html` class="given"` : nothing}>${label}</span><i><b style="width:${(probability * 100).toFixed(0)}%"></b></i><span>${percent(probability)}</span></div>`,
    )}</div>`;

/** An image with what the model makes of it, and why. */
export const predictionFigure = (
  maker: FigureMaker,
  { file, predicted, probabilities, label }: InspectedPrediction & { file: string; label?: string },
): Markup => {
  const verdict =
    label === undefined
      ? html`<span>${predicted}</span>`
      : label === predicted
        ? html`<span>${label}, but hardly</span>`
        : html`<span>${label}, <span class="guess">taken for ${predicted}</span></span>`;
  return html`<figure>${maker.pictures(file, predicted)}<figcaption>${verdict}${bars(probabilities, label)}${maker.path(file)}</figcaption></figure>`;
};

/** An image with a finding on it. */
export const findingFigure = (maker: FigureMaker, { file }: InspectedImage, finding: Markup): Markup =>
  html`<figure>${maker.pictures(file)}<figcaption><span>${finding}</span>${maker.path(file)}</figcaption></figure>`;
