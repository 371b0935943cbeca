/** The usual width multipliers first, then every hundredth from 0.1 to 2. */
export const alphaCandidates = (usual: readonly number[]): readonly { readonly alpha: number }[] => {
  const others = Array.from({ length: 191 }, (_, index) => (index + 10) / 100);
  return [...new Set([...usual, ...others])].map((alpha) => ({ alpha }));
};
