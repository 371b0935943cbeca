interface Mask {
  readonly what: RegExp;
  readonly fixed: string;
}

// 1 h 4 min, 3 min 20 s, 12 s, 0.4 s, 85 ms
const duration = /(?:\d+ h \d+ min|\d+ min \d+ s|\d+(?:\.\d+)? (?:ms|s|min|h)(?![\w/]))/;

/** What differs from machine to machine or from run to run, and what stands for it in the pages. */
const masks: readonly Mask[] = [
  { what: new RegExp(`${duration.source} left`), fixed: '12 s left' },
  { what: duration, fixed: '12 s' },
  // 1 204 images/s, with the thin space of thousands
  { what: /\d[\d\u2009.]* images\/s/, fixed: '118 images/s' },
  // Memory and the store's size; a backbone's is the same everywhere
  { what: /(?<=(?:memory|store)\b.*)\d[\d\u2009.]* [kMG]B/, fixed: '212 MB' },
  // The beginning of a SHA-256, or all of it
  { what: /(?<=sha256:? )(?:[0-9a-f]{64}|[0-9a-f]{12})/, fixed: '0123456789ab' },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a style begins with
const styles = /(?:\u001b\[[\d;]*m)*/;

/**
 * A row of a screen, with its SGR sequences or without, in which numbers that vary are fixed ones. The gap before a
 * column to the right makes up for the length, so that the column stays where it is.
 *
 * @example maskLine('scan  0.31 s   done') // 'scan  12 s     done'
 */
export const maskLine = (line: string): string =>
  masks.reduce((masked, { what, fixed }) => {
    const withGap = new RegExp(`(${what.source})(${styles.source})( {2,}(?! |$))?`, 'g');
    return masked.replace(withGap, (_, varying: string, style: string, gap: string = '') => {
      const room = gap.length + varying.length - fixed.length;
      return `${fixed}${style}${gap === '' ? '' : ' '.repeat(Math.max(2, room))}`;
    });
  }, line);
