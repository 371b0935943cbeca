import type { Manifest } from '@regraft/studio';

type Image = Manifest['images'][number];

/** So many images to show data by: of each class in turn, the first ones first. */
export const picturedImages = (
  { labels, images }: Pick<Manifest, 'labels' | 'images'>,
  count: number,
): Image[] => {
  const classes = labels.map((_, label) => images.filter((image) => image.label === label).slice(0, count));
  const rounds = Array.from({ length: count }, (_, round) => classes.flatMap((own) => own[round] ?? []));
  return rounds.flat().slice(0, count);
};
