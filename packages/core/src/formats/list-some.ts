/** The first names of a list as text, with an ellipsis where there are more, and `none` where there are none. */
export const listSome = (names: readonly string[], most: number): string =>
  names.length === 0 ? 'none' : `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
