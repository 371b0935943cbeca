/** Lanczos's coefficients for g = 7 (Godfrey 2001). */
const coefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log Gamma(x) for x >= 0.5, to about 14 digits (Lanczos 1964). */
export const logGamma = (x: number): number => {
  const shifted = x - 1;
  let series = coefficients[0]!;
  for (let index = 1; index < coefficients.length; index++)
    series += coefficients[index]! / (shifted + index);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
};
