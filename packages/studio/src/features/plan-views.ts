import type { ActivationSpace } from '@regraft/store';
import type { Augment } from '../data/augment.js';
import { type View, viewIdentity, viewOf } from '../data/views.js';
import { viewSpace } from './activation-space.js';
import type { ActivationSpaces } from './memory-activations.js';

/** An image file and the sha256 of its bytes, in hex. */
export interface FeatureImage {
  /** Absolute. */
  readonly file: string;
  readonly sha256: string;
  /** How many views of it are wanted, the plain one included: 1 unless told. */
  readonly views?: number | undefined;
}

export interface Augmentation {
  readonly augment: Augment;
  readonly seed: number;
}

/** One view of all images that have it: where its rows are kept, and which are missing. */
export interface PlannedView {
  readonly space: Pick<ActivationSpace, 'append' | 'reader'>;
  /** Indexes into the images. */
  readonly images: readonly number[];
  /** sha256 of images without a row, each once. */
  readonly missing: readonly string[];
  readonly viewOf: (sha256: string) => View;
}

const plain: Augmentation = { augment: { flip: false, crop: 0, colour: 0 }, seed: 0 };

/** Looks up which rows are there, one plan for each view, the plain one first. */
export const planViews = async (
  images: readonly FeatureImage[],
  activations: ActivationSpaces,
  { space, rowLength }: { readonly space: string; readonly rowLength: number },
  { augment, seed }: Augmentation = plain,
): Promise<PlannedView[]> => {
  const count = images.reduce((most, { views = 1 }) => Math.max(most, views), 1);
  const plans: PlannedView[] = [];
  for (let view = 0; view < count; view++) {
    const name = viewSpace(space, viewIdentity(augment, seed, view));
    const opened = await activations.open({ space: name, rowLength });
    const having = [...images.keys()].filter((index) => view < (images[index]!.views ?? 1));
    plans.push({
      space: opened,
      images: having,
      missing: await opened.missing(having.map((index) => images[index]!.sha256)),
      viewOf: (sha256) => viewOf({ seed, sha256, view }, augment),
    });
  }
  return plans;
};
