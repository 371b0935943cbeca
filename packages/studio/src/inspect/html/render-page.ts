import { formatQuantity, formatShare } from '../../format/number-format.js';
import type { InspectionReport } from '../inspection-report.js';
import type { InspectionPictures } from '../pictures/inspection-pictures.js';
import { createFigureMaker } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import { makeSections } from './sections.js';
import { style } from './style.js';

/** Base64 of all pictures: leaves a page below 10 MB. */
const pictureBytes = 9_000_000;

/** No script, no network, no frame: only the page's own style and the pictures in it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const strip = ({ blocks }: InspectionReport): Markup => {
  const count = (state: string): number => blocks.filter((block) => block.state === state).length;
  const trained = count('trained');
  return html`<div class="strip" aria-hidden="true">${blocks.map(
    ({ name, state }) => html`<span class="${state}" title="${name}: ${state}"></span>`,
  )}</div>
<p class="muted">${formatQuantity(count('frozen'), 'block')} frozen, ${trained === 0 ? '' : `${formatQuantity(trained, 'block')} trained, `}a head trained on top</p>`;
};

const header = (report: InspectionReport): Markup => {
  const { version, name, run, data, heldOut } = report;
  return html`<h1>${name ?? version}</h1>
<p class="muted">${name === null ? '' : `${version}, `}run ${run}; ${formatQuantity(data.train, 'training image')}, ${formatQuantity(data.validation, 'validation image')}, ${formatQuantity(data.test, 'test image')} from <code><bdi>${data.root}</bdi></code></p>
${strip(report)}
${
  heldOut === null
    ? nothing
    : html`<p class="accuracy">${formatShare(heldOut.accuracy)} right</p>
<p class="muted">of the validation and test images together</p>`
}
${data.gone === 0 ? nothing : html`<p class="notice">${formatQuantity(data.gone, 'file')} no longer where the model read them: judged by what is stored of them, without pictures.</p>`}
${
  data.unreadable.length === 0
    ? nothing
    : html`<p class="notice">${formatQuantity(data.unreadable.length, 'image')} could not be read and was left out, the first <code><bdi>${data.unreadable[0]!.file}</bdi></code>: ${data.unreadable[0]!.reason}.</p>`
}`;
};

const footer = html`<footer>
<p>Class by class: 95 % intervals by the bootstrap, or Wilson's where counts are small. Heat maps: Grad-CAM on the last feature map, for the label that was predicted. Labels to check: confident learning on five-fold predictions of a linear head, among training and validation images. Pictures that look the same: 64-bit perceptual hashes that differ in 6 bits or fewer. Unlike all others: distance to the nearest training images in the model's features.</p>
</footer>`;

/** A report as one HTML page that needs nothing else: pictures inlined, no scripts, every text escaped. */
export const renderPage = (report: InspectionReport, pictures: InspectionPictures): string => {
  const maker = createFigureMaker(pictures, { root: report.data.root, bytes: pictureBytes });
  const sections = makeSections(report, maker);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${report.name ?? report.version}: inspected by Regraft</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header>${header(report)}<nav>${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav></header>
<main>${sections.map(({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>${body}</section>`)}</main>
${footer}
</body>
</html>
`;
  return page.markup;
};
