/** A line that is being typed: the cursor stands before the grapheme of this index. */
export interface EditedLine {
  readonly graphemes: readonly string[];
  readonly cursor: number;
}

export type LineEdit =
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'backspace' | 'delete' | 'left' | 'right' | 'home' | 'end' | 'delete-word' | 'clear' };

const segmenter = new Intl.Segmenter();

const split = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** A line with its cursor at the end. */
export const editedLine = (text: string): EditedLine => {
  const graphemes = split(text);
  return { graphemes, cursor: graphemes.length };
};

export const lineText = ({ graphemes }: EditedLine): string => graphemes.join('');

/** Where the word before the cursor begins; a path's parts count as words. */
const wordStart = ({ graphemes, cursor }: EditedLine): number => {
  let start = cursor;
  while (start > 0 && /[\s/\\]/.test(graphemes[start - 1]!)) start--;
  while (start > 0 && !/[\s/\\]/.test(graphemes[start - 1]!)) start--;
  return start;
};

const without = ({ graphemes }: EditedLine, from: number, to: number): EditedLine => ({
  graphemes: [...graphemes.slice(0, from), ...graphemes.slice(to)],
  cursor: from,
});

/** The line after an edit. Whole graphemes are moved over and deleted, so an emoji is one step. */
export const editLine = (line: EditedLine, edit: LineEdit): EditedLine => {
  const { graphemes, cursor } = line;
  switch (edit.kind) {
    case 'insert': {
      const before = graphemes.slice(0, cursor).join('') + edit.text;
      const joined = split(before + graphemes.slice(cursor).join(''));
      return { graphemes: joined, cursor: split(before).length };
    }
    case 'backspace':
      return cursor === 0 ? line : without(line, cursor - 1, cursor);
    case 'delete':
      return without(line, cursor, cursor + 1);
    case 'delete-word':
      return without(line, wordStart(line), cursor);
    case 'clear':
      return { graphemes: [], cursor: 0 };
    case 'left':
      return { graphemes, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { graphemes, cursor: Math.min(graphemes.length, cursor + 1) };
    case 'home':
      return { graphemes, cursor: 0 };
    case 'end':
      return { graphemes, cursor: graphemes.length };
  }
};
