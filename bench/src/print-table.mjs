import { scoreInterval } from '@regraft/core';

/** Prints rows of cells in columns, the first to the left and the others to the right. */
export const printTable = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    console.log(cells.join('   '));
  }
};

export const seconds = (value) => `${value.toFixed(1)} s`;
export const ratio = (value) => value.toFixed(2);
export const percent = (share) => (share * 100).toFixed(1);

/** A share with its interval and its n, in per cent. */
export const shareOf = (hits, trials) => {
  const { low, high } = scoreInterval(hits, trials);
  return `${percent(hits / trials)} % (${percent(low)}-${percent(high)}, n ${trials})`;
};
