const thinSpace = '\u2009';

/** `1 204`, with thin spaces. */
export const formatCount = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, thinSpace);

/** `1 image`, `3 images`. */
export const formatQuantity = (value: number, singular: string, plural = `${singular}s`): string =>
  `${formatCount(value)} ${value === 1 ? singular : plural}`;

/** `8.8 MB`; powers of 1,000. */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
};

/** `0.4 s`, `12 s`, `1 min 12 s`, `2 h 5 min`; of seconds. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};

/** `118 images/s`. */
export const formatRate = (perSecond: number, unit = 'images'): string =>
  `${perSecond < 9.95 ? perSecond.toFixed(1) : formatCount(perSecond)} ${unit}/s`;

/** A number with its 95 % interval; null where it is undefined, as over no images. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

const percent = (share: number): string => (share * 100).toFixed(1);

/** `94.8 % (90.1-97.4, n 153)`: a share with its 95 % interval. */
export const formatShare = ({ value, low, high, n }: Estimate): string =>
  value === null || low === null || high === null
    ? `unknown (n ${formatCount(n)})`
    : `${percent(value)} % (${percent(low)}-${percent(high)}, n ${formatCount(n)})`;

const signed = (share: number): string => `${share < 0 ? '-' : '+'}${Math.abs(share * 100).toFixed(1)}`;

/** `+3.1 points (0.4 to 5.9)`: a difference of two shares with its interval. */
export const formatPoints = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${signed(value)} points (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;

/** `-6.7 points (-12.1 to -1.3): worse`: a difference with what its interval says of it. */
export const formatDifference = (difference: { value: number; low: number; high: number }): string => {
  const { low, high } = difference;
  const word = low > 0 ? 'better' : high < 0 ? 'worse' : 'no evidence of a difference';
  return `${formatPoints(difference)}: ${word}`;
};

/** `97.8 % → 91.1 %, -6.7 points (-12.1 to -1.3): worse, n 90`: an accuracy before and after. */
export const formatChange = ({
  before,
  after,
  difference,
}: {
  before: Pick<Estimate, 'value'>;
  after: Pick<Estimate, 'value'>;
  difference: { value: number; low: number; high: number; n: number };
}): string =>
  `${percent(before.value ?? 0)} % → ${percent(after.value ?? 0)} %, ${formatDifference(difference)}, n ${formatCount(difference.n)}`;

/** `2026-11-23 14:05` in local time. */
export const formatTime = (at: string | number | Date): string => {
  const date = new Date(at);
  const two = (value: number) => value.toString().padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};
