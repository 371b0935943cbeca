import { InvalidArgumentError } from 'commander';

/** A whole number of at least so many. */
export const wholeNumber =
  (minimum: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${minimum}.`);
    }
    return value;
  };

/** A number of at least 0. */
export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === '') {
    throw new InvalidArgumentError('It must be a number of at least 0.');
  }
  return value;
};

/** A number above 0 and at most 1. */
export const share = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number above 0 and at most 1.');
  }
  return value;
};

const secondsOf = { s: 1, m: 60, min: 60, h: 3600 } as const;

/** Seconds, of `90`, `90s`, `5m` or `1h`. */
export const duration = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(number) * secondsOf[unit as keyof typeof secondsOf];
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a time, as 90s, 5m or 1h.');
};

/** Points from 0 to 100. */
export const percentPoints = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 100) || text.trim() === '') {
    throw new InvalidArgumentError('It must be a number of points from 0 to 100.');
  }
  return value;
};

/** Labels with other names, each as `old=new`. */
export const renaming = (
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> => {
  const [, from, to] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be old=new.');
  return { ...before, [from]: to };
};

/** The same, or `auto` alone. */
export const renamingOrAuto = (
  text: string,
  before?: Readonly<Record<string, string>> | 'auto',
): Record<string, string> | 'auto' => {
  if (text === 'auto' && before === undefined) return text;
  if (before === 'auto' || text === 'auto') throw new InvalidArgumentError('It must be auto, or old=new.');
  return renaming(text, before);
};

/** The number of a run. */
export const runNumber = wholeNumber(1);
