const shown = 5;

/** The first few of many names as a sentence shows them: `"a", "b" and 3 more`. */
export const listNames = (names: readonly string[]): string => {
  const quoted = names.slice(0, shown).map((name) => `"${name}"`);
  const rest = names.length - quoted.length;
  return rest > 0 ? `${quoted.join(', ')} and ${rest} more` : quoted.join(', ');
};
