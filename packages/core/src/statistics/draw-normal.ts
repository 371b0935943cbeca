/** A standard normal number from uniform ones in [0, 1) (Box and Muller 1958). */
export const drawNormal = ({ uniform }: { uniform(): number }): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
