import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** The widest margin that what follows is set in from. */
const widestMargin = 24;

/** Where the second column of a line of two begins, as that of `  accuracy   94.8 %`; else where its words begin. */
const marginOf = (text: string): number => {
  const column = /^\s+\S+(?: \S+)* {2,}(?=\S)/.exec(text)?.[0].length ?? 0;
  return column > 0 && column <= widestMargin ? column : /^\s*/.exec(text)![0].length;
};

/** A painted line as the lines that it takes, none wider than the columns; what is left stands under its own column. */
export const wrapLine = (line: string, columns: number): string[] => {
  const margin = marginOf(stripVTControlCharacters(line));
  const room = Math.max(10, columns - margin);
  const [first = '', ...rest] = wrapAnsi(line, columns, { trim: false, hard: true }).split('\n');
  if (rest.length === 0) return [first];
  const left = wrapAnsi(rest.join('').trimStart(), room, { trim: true, hard: true });
  return [first.trimEnd(), ...left.split('\n').map((text) => ' '.repeat(margin) + text)];
};
