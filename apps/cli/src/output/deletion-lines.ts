import { type Deletion, formatBytes, formatQuantity, isHeld } from '@regraft/studio';
import { renderField } from './run-summary.js';

/** What holds a version, in words. */
const holdersOf = ({ holders: { aliases, children, runs } }: Deletion): string[] => [
  ...aliases.map((name) => `${name} is a name of it`),
  ...children.map((child) => `${child} was trained from it`),
  ...runs.map((run) => `run ${run}, which is under way, starts from it`),
];

/** What forcing it does to what holds it, in a sentence. */
const forced = ({ holders: { aliases, children, runs } }: Deletion): string => {
  const parts = [
    ...(aliases.length > 0 ? [`${formatQuantity(aliases.length, 'name')} would go with it`] : []),
    ...(children.length > 0 ? [`${children.join(', ')} would have no parent any more`] : []),
    ...(runs.length > 0 ? [`the ${runs.length === 1 ? 'run' : 'runs'} would fail in the end`] : []),
  ];
  return `${parts.join(', and ')}.`;
};

/** What deleting a version would free, what holds it, and what forcing it would do. */
export const renderDeletion = (deletion: Deletion): string[] => {
  const [first, ...rest] = holdersOf(deletion);
  return [
    renderField('version', [deletion.version, deletion.name].filter(Boolean).join(' ')),
    renderField('frees', `${formatBytes(deletion.bytes)}, once regraft store gc has run`),
    ...(first === undefined ? [] : [renderField('held', first)]),
    ...rest.map((line) => renderField('', line)),
    ...(isHeld(deletion) ? [renderField('by force', forced(deletion))] : []),
  ];
};

/** What a deletion came to, in a sentence or two. */
export const describeDeletion = ({ version, bytes }: Deletion): string =>
  `${version} is deleted. Its files take ${formatBytes(bytes)}, which regraft store gc frees when they are an hour old.`;
