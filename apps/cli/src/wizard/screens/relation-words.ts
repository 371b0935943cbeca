import type { LabelRelation } from '@regraft/studio';

const words: Record<LabelRelation['relation'], string> = {
  same: 'It knows these labels: more images of the same kind. Its head can go on learning.',
  subset: 'It knows these labels, and others besides. A new head knows yours alone.',
  superset: 'It knows some of these labels, and some are new to it. Its head can be extended.',
  overlap: 'It knows some of these labels, some are new to it, and it knows others besides.',
  disjoint: 'All of these labels are new to it. It gets a new head, and keeps what it has learned to see.',
  renamed: 'It seems to know these labels by other names. As they are written, they are new to it.',
};

/** How the labels of the images stand to those of a version, in a sentence. */
export const relationWords = (relation: LabelRelation['relation']): string => words[relation];
