import type { VersionSummary } from '@regraft/studio';

/** The version to speak of: the champion, else the newest. */
export const foremostVersion = (versions: readonly VersionSummary[]): VersionSummary | undefined =>
  versions.find(({ aliases }) => aliases.includes('champion')) ?? versions[0];
