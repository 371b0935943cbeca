import {
  formatBytes,
  formatQuantity,
  formatShare,
  formatTime,
  type VersionDescription,
} from '@regraft/studio';
import { renderGraftStrip } from './graft-strip.js';
import { paint } from './paint.js';
import { renderChanges, renderField, renderReport, renderTrust } from './run-summary.js';

const frozenWords = ({ tensors, before, after }: VersionDescription['card']['frozen']): string =>
  `${formatQuantity(tensors, 'tensor')}, ${before === after ? `unchanged, sha256 ${after.slice(0, 12)}` : paint.red('changed')}`;

/** All about a version, for people. */
export const renderVersion = (version: VersionDescription): string[] => {
  const { card } = version;
  const names = [version.name, ...version.aliases].filter((name) => name !== null);
  const held = card.metrics.test ?? card.metrics.validation;
  return [
    ` ${paint.strong(version.version)}  ${names.join(', ')}  ${paint.muted(formatTime(version.createdAt))}`,
    '',
    ...renderGraftStrip(card.blocks, card.labels.length),
    '',
    renderField('labels', card.labels.join(', ')),
    ...(held ? renderReport(held, card.metrics.test ? 'test accuracy' : 'validation') : []),
    ...renderChanges(card.metrics),
    ...renderTrust(card.trust),
    renderField('lineage', version.lineage.join(' → ')),
    renderField('frozen', frozenWords(card.frozen)),
    ...version.evaluations.map(({ data, accuracy }) =>
      renderField('measured', `${data}: ${formatShare(accuracy)}`),
    ),
    ...version.files.map(({ name, bytes, path }) =>
      renderField('file', `${name}  ${formatBytes(bytes)}  ${paint.muted(path)}`),
    ),
    ...(version.run === null ? [] : [renderField('run', `regraft show ${version.run}`)]),
  ];
};
