import type { LikelyName } from '@regraft/studio/models';
import { paint } from './paint.js';
import { renderTable } from './table.js';

const differences = {
  identical: '',
  case: 'but for capitals',
  spelling: 'but for separators',
  plural: 'but for the plural',
} as const;

/** Labels of new data beside the version's that they probably are. */
export const renderNames = (pairs: readonly LikelyName[], version: string): string[] => {
  const table = renderTable(pairs, [
    { title: 'these images', value: (pair) => pair.new },
    { title: version, value: (pair) => pair.old },
    { title: '', value: ({ reason }) => differences[reason] },
  ]);
  return [
    '',
    ` Labels of these images that are probably labels of ${version}:`,
    '',
    ...table.map((line, index) => `   ${index === 0 ? paint.muted(line) : line}`),
    '',
  ];
};
