import type { ActivationSpace } from '@regraft/store';
import type { Augment } from '../data/augment.js';
import { type View, viewIdentity, viewOf } from '../data/views.js';
import { viewSpace } from './activation-space.js';
import type { ActivationSpaces } from './memory-activations.js';
import { type PlannedRows, planRows } from './plan-rows.js';

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

/** Where the rows at one end of a segment are kept. */
export interface RowPlace {
  readonly space: string;
  readonly rowLength: number;
}

/** One view of all images that have it: where its rows are kept, and which are missing. */
export interface PlannedView {
  /** One for the end of each segment. */
  readonly spaces: readonly Pick<ActivationSpace, 'append' | 'reader' | 'rowLength'>[];
  /** Indexes into the images. */
  readonly images: readonly number[];
  /** What is to be computed for each image that lacks a row. */
  readonly work: readonly PlannedRows[];
  readonly viewOf: (sha256: string) => View;
}

const plain: Augmentation = { augment: { flip: false, crop: 0, colour: 0 }, seed: 0 };

/** Looks up which rows are there at the wanted places, one plan for each view, the plain one first. */
export const planViews = async (
  images: readonly FeatureImage[],
  activations: ActivationSpaces,
  { places, wanted }: { readonly places: readonly RowPlace[]; readonly wanted: readonly number[] },
  { augment, seed }: Augmentation = plain,
): Promise<PlannedView[]> => {
  const count = images.reduce((most, { views = 1 }) => Math.max(most, views), 1);
  const plans: PlannedView[] = [];
  for (let view = 0; view < count; view++) {
    const identity = viewIdentity(augment, seed, view);
    const spaces = await Promise.all(
      places.map(({ space, rowLength }) =>
        activations.open({ space: viewSpace(space, identity), rowLength }),
      ),
    );
    const having = [...images.keys()].filter((index) => view < (images[index]!.views ?? 1));
    plans.push({
      spaces,
      images: having,
      work: await planRows(
        spaces,
        wanted,
        having.map((index) => images[index]!.sha256),
      ),
      viewOf: (sha256) => viewOf({ seed, sha256, view }, augment),
    });
  }
  return plans;
};
