const bins = 15;

/** The expected calibration error over 15 bins of equal width, of confidences and whether each answer is right. */
export const calibrationError = (confidences, correct) => {
  const sums = new Float64Array(bins);
  confidences.forEach((confidence, index) => {
    sums[Math.min(bins - 1, Math.floor(confidence * bins))] += confidence - correct[index];
  });
  return sums.reduce((total, sum) => total + Math.abs(sum), 0) / confidences.length;
};
