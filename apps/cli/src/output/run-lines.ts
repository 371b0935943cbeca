import {
  armTitle,
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  formatShare,
  type PhaseView,
  type RunEvent,
  type RunView,
} from '@regraft/studio';

export const phaseTitles: Record<PhaseView['phase'], string> = {
  scan: 'scan',
  depth: 'depth',
  features: 'features',
  head: 'head',
  tail: 'blocks',
  evaluate: 'evaluate',
  duplicates: 'seen',
  heads: 'heads',
  population: 'drift',
  seeds: 'seeds',
  referee: 'scratch',
  curve: 'curve',
  backbones: 'backbones',
  forgetting: 'old data',
  save: 'save',
};

/** `1 204 images (300 old ones), 3 classes, 2 left out (1 unreadable, 1 duplicate)`. */
const describeScan = ({ scanned }: RunView): string => {
  if (!scanned) return '';
  const { train, validation, test } = scanned.images;
  const problems = Object.entries(scanned.problems);
  const leftOut = problems.reduce((total, [, count]) => total + count, 0);
  const kinds = problems.map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [
    formatQuantity(train + validation + test, 'image') +
      (scanned.replayed ? ` (${formatQuantity(scanned.replayed, 'old one')})` : ''),
    formatQuantity(scanned.labels.length, 'class', 'classes'),
    ...(leftOut > 0 ? [`${formatCount(leftOut)} left out (${kinds})`] : []),
  ].join(', ');
};

/** What a phase has to say beside its name: counts, rate and time left, or what it came to. */
export const describePhase = (view: RunView, phase: PhaseView): string => {
  const parts: string[] = [];
  const racing = view.arms.findLast(({ status }) => status === 'running');
  if (phase.phase === 'depth' && phase.status === 'running' && racing?.epoch) {
    parts.push(`${armTitle(racing.name)}, epoch ${racing.epoch.epoch} of ${racing.epoch.epochs}`);
  }
  if (phase.phase === 'depth' && phase.status === 'done' && view.depth)
    parts.push(armTitle(view.depth.chosen));
  if (phase.phase === 'scan' && phase.status === 'done') parts.push(describeScan(view));
  else if (phase.total !== null && phase.status === 'running') {
    parts.push(`${formatCount(phase.done)} of ${formatCount(phase.total)}`);
  }
  if (phase.cache)
    parts.push(`${formatCount(phase.cache.misses)} new, ${formatCount(phase.cache.hits)} cached`);
  if (phase.status === 'running' && phase.phase === 'features' && phase.rate > 0)
    parts.push(formatRate(phase.rate));
  if (phase.status === 'running' && phase.secondsLeft !== null)
    parts.push(`${formatDuration(phase.secondsLeft)} left`);
  const epoch = view.epochs.findLast((entry) => entry.phase === phase.phase);
  if (epoch?.validation) parts.push(`validation ${(epoch.validation.accuracy * 100).toFixed(1)} %`);
  if (phase.status === 'done' && phase.seconds !== null) parts.push(formatDuration(phase.seconds));
  return parts.join('   ');
};

const armFates = {
  finished: 'finished',
  dropped: 'left early, others are better',
  'out-of-time': 'no time for it',
} as const;

/** The plain line that a pipe gets for an event, if it is worth one. */
export const plainLine = (view: RunView, event: RunEvent): string | undefined => {
  switch (event.type) {
    case 'phase-end': {
      const phase = view.phases.find((entry) => entry.phase === event.phase);
      return phase ? `${phaseTitles[event.phase].padEnd(9)} ${describePhase(view, phase)}` : undefined;
    }
    case 'arm-end': {
      const { name, status, validation, seconds } = event.arm;
      const result = validation ? formatShare(validation) : armFates[status];
      const time = seconds > 0 ? `, ${formatDuration(seconds)}` : '';
      return `depth     ${armTitle(name)}: ${result}${time}`;
    }
    case 'warning':
      return `note      ${event.message}`;
    default:
      return undefined;
  }
};
