/** Why two labels are taken for one: written the same, but for capitals, but for separators, or but for number. */
export type MatchReason = 'identical' | 'case' | 'spelling' | 'plural';

const irregularPlurals: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  person: 'people',
  mouse: 'mice',
  goose: 'geese',
  foot: 'feet',
  tooth: 'teeth',
};

/** The English plurals that the end of a text allows. */
const pluralsOf = (text: string): string[] => {
  const plurals = [`${text}s`];
  if (/(s|x|z|ch|sh|o)$/.test(text)) plurals.push(`${text}es`);
  if (/[^aeiou]y$/.test(text)) plurals.push(text.replace(/y$/, 'ies'));
  if (/(f|fe)$/.test(text)) plurals.push(text.replace(/fe?$/, 'ves'));
  for (const [singular, plural] of Object.entries(irregularPlurals)) {
    if (text.endsWith(singular)) plurals.push(text.slice(0, -singular.length) + plural);
  }
  return plurals;
};

/** A label with what it is compared by. */
export interface LabelForms {
  readonly label: string;
  readonly lowerCase: string;
  /** Lower case without white space, underscores and hyphens. */
  readonly letters: string;
  readonly plurals: ReadonlySet<string>;
}

/** The forms of a label that `matchLabels` compares. */
export const labelForms = (label: string): LabelForms => {
  const lowerCase = label.normalize('NFC').toLowerCase();
  const letters = lowerCase.replace(/[\s_-]+/g, '');
  return { label, lowerCase, letters, plurals: new Set(pluralsOf(letters)) };
};

/** The closest way in which two labels are one, or null. */
export const matchLabels = (a: LabelForms, b: LabelForms): MatchReason | null => {
  if (a.label === b.label) return 'identical';
  if (a.lowerCase === b.lowerCase) return 'case';
  if (a.letters === b.letters) return 'spelling';
  return a.plurals.has(b.letters) || b.plurals.has(a.letters) ? 'plural' : null;
};
