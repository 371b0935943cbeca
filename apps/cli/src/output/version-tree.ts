import { formatQuantity, formatShare, type VersionSummary } from '@regraft/studio';

/** A line of the tree: a backbone, or a version below what it was trained from. */
export interface TreeLine {
  /** Null for a backbone. */
  readonly version: VersionSummary | null;
  /** `│  └─ v3 flowers, champion`. */
  readonly label: string;
  /** Accuracy with its interval, and how many labels. */
  readonly detail: string;
}

const labelOf = ({ version, name, aliases }: VersionSummary): string => {
  const names = [name, ...aliases].filter((word) => word !== null);
  return names.length === 0 ? version : `${version} ${names.join(', ')}`;
};

const detailOf = ({ accuracy, labels }: VersionSummary): string =>
  [...(accuracy ? [formatShare(accuracy)] : []), formatQuantity(labels.length, 'label')].join('  ');

const linesBelow = (
  siblings: readonly VersionSummary[],
  childrenOf: ReadonlyMap<string, readonly VersionSummary[]>,
  indent: string,
): TreeLine[] =>
  siblings.flatMap((version, index) => {
    const isLast = index === siblings.length - 1;
    const children = childrenOf.get(version.version) ?? [];
    return [
      { version, label: `${indent}${isLast ? '└─' : '├─'} ${labelOf(version)}`, detail: detailOf(version) },
      ...linesBelow(children, childrenOf, `${indent}${isLast ? '   ' : '│  '}`),
    ];
  });

/**
 * Versions as the tree of what was trained from what, the oldest first: each backbone, the versions made of it, and below
 * each version those that were trained from it. A version whose parent is not among them stands below its backbone.
 */
export const versionTree = (versions: readonly VersionSummary[]): TreeLine[] => {
  const oldestFirst = [...versions].reverse();
  const known = new Set(versions.map(({ version }) => version));
  const childrenOf = new Map<string, VersionSummary[]>();
  const rootsOf = new Map<string, VersionSummary[]>();
  for (const version of oldestFirst) {
    const { parent, backbone } = version;
    const [siblings, above] =
      parent !== null && known.has(parent) ? [childrenOf, parent] : [rootsOf, backbone];
    siblings.set(above, [...(siblings.get(above) ?? []), version]);
  }
  return [...rootsOf].flatMap(([backbone, roots]) => [
    { version: null, label: backbone, detail: '' },
    ...linesBelow(roots, childrenOf, ''),
  ]);
};
