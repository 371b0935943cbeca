import { type LabelRelation, labelRelation } from '@regraft/core/schemas';
import type { Store } from '@regraft/store';
import type { Estimate } from '../format/number-format.js';
import type { FixedRecipe } from '../recipe/recipe.js';
import { describeVersion, type VersionDescription } from './describe-version.js';
import { heldOutAccuracy } from './version-summary.js';

/** What a comparison tells of one version. */
export interface ComparedVersion {
  readonly version: string;
  readonly name: string | null;
  readonly aliases: readonly string[];
  readonly backbone: string;
  readonly parent: string | null;
  readonly labels: readonly string[];
  /** On held-out images: of the test split, else of the validation split. */
  readonly accuracy: Estimate | null;
  readonly split: 'test' | 'validation' | null;
  /** The number of its data set, and the folder or CSV it lay in. */
  readonly dataset: number;
  readonly data: string;
  /** Names of the blocks that its run trained. */
  readonly trained: readonly string[];
  readonly createdAt: string;
}

/** A setting of the recipe, as `training.epochs`; null where a recipe doesn't have it. */
export interface ComparedSetting {
  readonly setting: string;
  readonly values: readonly [unknown, unknown];
}

/** Two versions side by side. */
export interface VersionPair {
  readonly versions: readonly [ComparedVersion, ComparedVersion];
  readonly labels: {
    readonly relation: LabelRelation['relation'];
    readonly onlyFirst: readonly string[];
    readonly onlySecond: readonly string[];
  };
  /** Whether both accuracies are of the same images. */
  readonly sameImages: boolean;
  /** Data on which both were measured since: the latest accuracies. */
  readonly measured: readonly {
    readonly data: string;
    readonly accuracies: readonly [Estimate, Estimate];
  }[];
  /** The settings in which their recipes differ. */
  readonly settings: readonly ComparedSetting[];
}

const describe = (description: VersionDescription): ComparedVersion => {
  const { version, name, aliases, lineage, card, createdAt } = description;
  const { metrics, recipe } = card;
  return {
    version,
    name,
    aliases,
    backbone: card.backbone.id,
    parent: lineage.length > 2 ? lineage.at(-2)! : null,
    labels: card.labels,
    accuracy: heldOutAccuracy(card),
    split: metrics.test ? 'test' : metrics.validation ? 'validation' : null,
    dataset: card.dataset,
    data: recipe.data.folder ?? recipe.data.csv ?? '',
    trained: card.blocks.filter(({ state }) => state === 'trained').map((block) => block.name),
    createdAt,
  };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const settingsOf = (value: unknown, path: string): [string, unknown][] =>
  isRecord(value)
    ? Object.entries(value).flatMap(([key, entry]) => settingsOf(entry, path === '' ? key : `${path}.${key}`))
    : [[path, value]];

const differences = (first: FixedRecipe, second: FixedRecipe): ComparedSetting[] => {
  const ofFirst = new Map(settingsOf(first, ''));
  const ofSecond = new Map(settingsOf(second, ''));
  return [...new Set([...ofFirst.keys(), ...ofSecond.keys()])]
    .map((setting) => ({
      setting,
      values: [ofFirst.get(setting) ?? null, ofSecond.get(setting) ?? null] as const,
    }))
    .filter(({ values: [a, b] }) => JSON.stringify(a) !== JSON.stringify(b));
};

const measuredOnBoth = (first: VersionDescription, second: VersionDescription): VersionPair['measured'] => {
  const [ofFirst, ofSecond] = [first, second].map(
    ({ evaluations }) =>
      new Map(
        evaluations
          .slice()
          .reverse()
          .map(({ data, accuracy }) => [data, accuracy]),
      ),
  ) as [Map<string, Estimate>, Map<string, Estimate>];
  return [...ofFirst].flatMap(([data, accuracy]) => {
    const other = ofSecond.get(data);
    return other && other.n === accuracy.n ? [{ data, accuracies: [accuracy, other] as const }] : [];
  });
};

/**
 * Two versions side by side, from what is stored: nothing is measured anew.
 *
 * @throws RegraftError `record-not-found`
 * @example const { versions, settings } = await describePair(store, ['v1', 'v2']);
 */
export const describePair = async (
  store: Store,
  [first, second]: readonly [string, string],
): Promise<VersionPair> => {
  const pair = [await describeVersion(store, first), await describeVersion(store, second)] as const;
  const [a, b] = [describe(pair[0]), describe(pair[1])] as const;
  return {
    versions: [a, b],
    labels: {
      relation: labelRelation(a.labels, b.labels).relation,
      onlyFirst: a.labels.filter((label) => !b.labels.includes(label)),
      onlySecond: b.labels.filter((label) => !a.labels.includes(label)),
    },
    sameImages: a.split !== null && a.split === b.split && a.dataset === b.dataset,
    measured: measuredOnBoth(...pair),
    settings: differences(pair[0].card.recipe, pair[1].card.recipe),
  };
};
