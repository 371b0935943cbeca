import type { LabelRelation } from '@regraft/core';

/** A label of new data, and the label of a version that it probably is. */
export type LikelyName = LabelRelation['mapping'][number];

/** The labels that are probably a version's, but for capitals, separators or an English plural. */
export const likelyNames = ({ mapping }: Pick<LabelRelation, 'mapping'>): LikelyName[] =>
  mapping.filter(({ reason }) => reason !== 'identical');
