import { formatDuration, formatShare, strategyTitles, type TogetherVerdict } from '@regraft/studio';
import { paint } from './paint.js';
import { renderField } from './run-summary.js';
import { renderTable } from './table.js';

/** A verdict on two data sets for people: the sentence, its reasons, the ways side by side, the commands. */
export const renderTogether = ({
  headline,
  reasons,
  recommended,
  strategies,
  data,
  notTried,
  commands,
  seconds,
}: TogetherVerdict): string[] => {
  const table = renderTable(strategies, [
    { title: '', value: ({ strategy }) => (strategy === recommended ? '●' : ' ') },
    { title: 'way', value: ({ strategy }) => strategyTitles[strategy] },
    { title: 'first', value: ({ accuracy }) => formatShare(accuracy[0]) },
    { title: 'second', value: ({ accuracy }) => formatShare(accuracy[1]) },
    { title: 'time', value: (row) => formatDuration(row.seconds), align: 'right' },
  ]);
  return [
    '',
    ` ${paint.leaf('✔')} ${paint.strong(headline)}`,
    '',
    ...reasons.map((reason) => `   ${reason}`),
    '',
    renderField('first', data[0]),
    renderField('second', data[1]),
    '',
    ...table.map((line, index) => `  ${index === 0 ? paint.muted(line) : line}`),
    '',
    ...notTried.map((line, index) => renderField(index === 0 ? 'not tried' : '', line)),
    renderField('time', formatDuration(seconds)),
    '',
    ` ${paint.muted('next')}`,
    ...commands.map((command) => `   ${command}`),
  ];
};
