import type { Store } from '@regraft/store';
import { throwIfCancelled } from '../../data/cancellation.js';
import { forEachConcurrently } from '../../data/for-each-concurrently.js';
import { type StartEngineOptions, startEngine } from '../../engines/start-engine.js';
import { loadVersionModel } from '../../versions/load-version-model.js';
import type { InspectionReport } from '../inspection-report.js';
import { drawHeatMaps, type HeatMapOptions } from './draw-heat-maps.js';
import { makeThumbnail, type Picture } from './thumbnail.js';

/** The pictures of a report, by file. */
export interface InspectionPictures {
  readonly thumbnails: ReadonlyMap<string, Picture>;
  readonly heatMaps: ReadonlyMap<string, Picture>;
}

export interface PictureOptions extends HeatMapOptions {
  readonly engine?: StartEngineOptions | undefined;
}

/** As many as libuv has threads to decode on. */
const lanes = 4;

/** Images whose evidence is shown. */
const explainedImages = ({ chosen, topLosses, confusions }: InspectionReport) => [
  ...chosen,
  ...topLosses,
  ...confusions.flatMap(({ images }) => images),
];

/** Every file that a report shows. */
const shownFiles = (report: InspectionReport): Set<string> =>
  new Set(
    [
      ...explainedImages(report),
      ...(report.labelErrors?.images ?? []),
      ...report.alike.pairs.flatMap(({ images }) => images),
      ...(report.outliers?.images ?? []),
    ].map(({ file }) => file),
  );

/**
 * Makes the pictures that a report shows: every image small, and heat maps of what was predicted for the mistakes and
 * the chosen images.
 *
 * @throws RegraftError `cancelled`; those of the version and of the engine
 */
export const makeInspectionPictures = async (
  store: Store,
  report: InspectionReport,
  { engine, ...options }: PictureOptions,
): Promise<InspectionPictures> => {
  const thumbnails = new Map<string, Picture>();
  await forEachConcurrently([...shownFiles(report)], lanes, async (file) => {
    throwIfCancelled(options.signal, 'Making pictures');
    thumbnails.set(file, await makeThumbnail(file));
  });
  const { model } = await loadVersionModel(store, report.version);
  await startEngine(engine);
  const requests = new Map(
    explainedImages(report).map(({ file, predicted }) => [file, { file, label: predicted }]),
  );
  const heatMaps = await drawHeatMaps(model, [...requests.values()], options);
  return { thumbnails, heatMaps };
};
