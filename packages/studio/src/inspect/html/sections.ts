import { formatCount, formatQuantity, formatShare } from '../../format/number-format.js';
import type { InspectionReport } from '../inspection-report.js';
import { type FigureMaker, findingFigure, predictionFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';

/** A part of the page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

type MakeSection = (report: InspectionReport, maker: FigureMaker) => Section | null;

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u00a0%`;

const shownOf = (shown: number, total: number): string =>
  shown < total ? ` The first ${formatCount(shown)} of ${formatCount(total)}.` : '';

const chosen: MakeSection = ({ chosen: images }, maker) =>
  images.length === 0
    ? null
    : {
        id: 'chosen',
        title: 'Images you named',
        body: html`<p>What the model makes of them; beside each, lit, what spoke for its answer.</p>
<div class="gallery wide">${images.map((image) => predictionFigure(maker, image))}</div>`,
      };

const classes: MakeSection = ({ heldOut }) =>
  heldOut === null
    ? null
    : {
        id: 'classes',
        title: 'Class by class',
        body: html`<p>On the images that the model didn't learn from.</p>
<div class="scroll"><table><thead><tr><th>class</th><th class="number">images</th><th>found</th><th>right when named</th></tr></thead><tbody>${heldOut.classes.map(
          ({ label, support, recall, precision }) =>
            html`<tr><td>${label}</td><td class="number">${formatCount(support)}</td><td>${formatShare(recall)}</td><td>${formatShare(precision)}</td></tr>`,
        )}</tbody></table></div>`,
      };

const confusions: MakeSection = ({ confusions: pairs }, maker) =>
  pairs.length === 0
    ? null
    : {
        id: 'confusions',
        title: 'Taken for each other',
        body: html`<p>The surest mistakes of each kind. Beside each image, lit, what spoke for the wrong answer.</p>${pairs.map(
          ({ actual, predicted, count, of, images }) =>
            html`<h3>${actual} taken for ${predicted}: ${formatCount(count)} of ${formatCount(of)}</h3>
<div class="gallery wide">${images.map((image) => predictionFigure(maker, image))}</div>`,
        )}`,
      };

const losses: MakeSection = ({ topLosses }, maker) =>
  topLosses.length === 0
    ? null
    : {
        id: 'losses',
        title: 'The worst mistakes',
        body: html`<p>Images whose own label the model believed least, the worst first.</p>
<div class="gallery wide">${topLosses.map((image) => predictionFigure(maker, image))}</div>`,
      };

const labelErrors: MakeSection = ({ labelErrors: found }, maker) =>
  found === null
    ? null
    : {
        id: 'labels',
        title: 'Labels to check',
        body: html`<p>${
          found.total === 0
            ? `None of ${formatQuantity(found.n, 'label')} stands out.`
            : `Of ${formatQuantity(found.n, 'label')}, ${formatCount(found.total)} may be wrong: models that hadn't seen the image preferred another label. Some will be right and only hard.${shownOf(found.images.length, found.total)}`
        }</p>
<div class="gallery">${found.images.map((image) =>
          findingFigure(
            maker,
            image,
            html`${image.label}, <span class="guess">rather ${image.suggested}</span> ${percent(image.suggestedProbability)}`,
          ),
        )}</div>`,
      };

const alike: MakeSection = ({ alike: found }, maker) => ({
  id: 'alike',
  title: 'Pictures that look the same',
  body: html`<p>${
    found.total === 0
      ? `None among the ${formatQuantity(found.n, 'image')} that could be compared.`
      : `${formatQuantity(found.total, 'pair')}, ${formatCount(found.acrossSplits)} of them on both sides of a split: a model that has learned the one gets the other right for free, so its accuracy flatters.${shownOf(found.pairs.length, found.total)}`
  }</p>
<div class="gallery wide">${found.pairs.map(({ images }) => {
    const [first, second] = images;
    return html`<figure><div class="pictures">${images.map(({ file }) => maker.pictures(file))}</div><figcaption><span>${
      first.split === second.split
        ? html`both ${first.split}`
        : html`<span class="notice">${first.split} and ${second.split}</span>`
    }${first.label === second.label ? nothing : html`, <span class="guess">${first.label} and ${second.label}</span>`}</span>${images.map(({ file }) => maker.path(file))}</figcaption></figure>`;
  })}</div>`,
});

const outliers: MakeSection = ({ outliers: found }, maker) => {
  if (found === null) return null;
  const { typicalLimit, unusual } = found;
  const images = found.images.filter(({ isUnusual }) => isUnusual || typicalLimit === null);
  return {
    id: 'outliers',
    title: 'Unlike all others',
    body: html`<p>${
      typicalLimit === null
        ? 'The images that have least in common with the training images. There are too few to say how unusual that is.'
        : `${formatQuantity(unusual, 'image')} of ${formatCount(found.n)} with less in common with the training images than 49 of 50 new ones have. Look whether they belong.${shownOf(images.length, unusual)}`
    }</p>
<div class="gallery">${images.map((image) => findingFigure(maker, image, html`${image.label}, ${image.split}`))}</div>`,
  };
};

/** The parts of a report's page that have something to say, in their order. */
export const makeSections = (report: InspectionReport, maker: FigureMaker): Section[] =>
  [chosen, classes, confusions, losses, labelErrors, alike, outliers]
    .map((make) => make(report, maker))
    .filter((section) => section !== null);
