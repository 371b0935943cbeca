import {
  type ArmSummary,
  armTitle,
  type DepthDecision,
  type Estimate,
  formatDuration,
} from '@regraft/studio';
import stringWidth from 'string-width';
import { paint } from './paint.js';
import { renderTable } from './table.js';

const percent = ({ value, low, high }: Estimate): string =>
  value === null || low === null || high === null
    ? '–'
    : `${(value * 100).toFixed(1)} % (${(low * 100).toFixed(1)}-${(high * 100).toFixed(1)})`;

const fate = ({ status, epochs }: ArmSummary): string => {
  switch (status) {
    case 'finished':
      return '';
    case 'dropped':
      return epochs === 0
        ? 'not begun: shallower ones gained nothing'
        : `left after epoch ${epochs}: no better than others`;
    case 'out-of-time':
      return epochs === 0 ? 'no time for it' : `left after epoch ${epochs}: no time for more`;
  }
};

/** Arms of a comparison as lines: accuracies with intervals, time, and which was chosen. */
export const renderArms = (arms: readonly ArmSummary[], chosen: string | null): string[] => {
  const held = arms.some(({ test }) => test !== null);
  const lines = renderTable(arms, [
    { title: '', value: ({ name }) => (name === chosen ? '●' : ' ') },
    { title: 'arm', value: ({ name }) => armTitle(name) },
    {
      title: 'validation',
      value: (arm) => (arm.validation ? percent(arm.validation) : fate(arm)),
    },
    ...(held ? [{ title: 'test', value: ({ test }: ArmSummary) => (test ? percent(test) : '') }] : []),
    { title: 'time', value: ({ seconds }) => (seconds > 0 ? formatDuration(seconds) : ''), align: 'right' },
  ]);
  const width = Math.max(...lines.map((line) => stringWidth(line)));
  return lines.map((line, index) => {
    if (index === 0) return `  ${paint.muted(line)}`;
    return `  ${arms[index - 1]!.name === chosen ? paint.leaf(line.padEnd(width)).trimEnd() : line}`;
  });
};

/** How a run's depth was chosen. */
export const renderDepth = ({ arms, chosen, skipped }: DepthDecision): string[] => [
  ...renderArms(arms, chosen),
  ...(skipped === null ? [] : [`  ${paint.muted(`not tried: ${skipped}`)}`]),
];
