import type { Store } from '@regraft/store';
import { renderPage } from './html/render-page.js';
import type { InspectionReport } from './inspection-report.js';
import { makeInspectionPictures, type PictureOptions } from './pictures/inspection-pictures.js';

/**
 * An inspection as one HTML page below 10 MB, with small copies of the images and heat maps in it.
 *
 * @throws RegraftError `cancelled`; those of the version and of the engine
 * @example await writeFile('report.html', await renderInspection(store, report));
 */
export const renderInspection = async (
  store: Store,
  report: InspectionReport,
  options: PictureOptions = {},
): Promise<string> => renderPage(report, await makeInspectionPictures(store, report, options));
