/** The most probable label of a row of probabilities, and how probable it is. */
export const bestLabel = (row: Float32Array): { readonly label: number; readonly confidence: number } => {
  const confidence = Math.max(...row);
  return { label: row.indexOf(confidence), confidence };
};
