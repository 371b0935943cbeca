/** What becomes of the classifier. */
export type HeadPlan =
  | { readonly kind: 'replace'; readonly labels: readonly string[]; readonly dropout: number }
  | { readonly kind: 'keep'; readonly labels: readonly string[] }
  | { readonly kind: 'extend'; readonly labels: readonly string[] };

/**
 * A new linear classifier for these labels, in this order. `dropout` is the share of pooled features dropped while
 * blocks train.
 *
 * @example replaceHead(['ants', 'bees'], { dropout: 0.2 })
 */
export const replaceHead = (labels: readonly string[], { dropout = 0 } = {}): HeadPlan => ({
  kind: 'replace',
  labels,
  dropout,
});

/**
 * The classifier as it is. The labels of the new data must be those of the model, in any order; the model's order
 * stays (`indexLabels` maps names to it).
 *
 * @example keepHead(['bees', 'ants'])
 */
export const keepHead = (labels: readonly string[]): HeadPlan => ({ kind: 'keep', labels });

/**
 * The classifier with new labels behind the old ones, whose weights stay byte-equal until training moves them.
 *
 * @example extendHead(['wasps'])
 */
export const extendHead = (newLabels: readonly string[]): HeadPlan => ({ kind: 'extend', labels: newLabels });
