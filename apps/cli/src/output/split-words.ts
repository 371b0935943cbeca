const quotes = ['"', "'"];

/**
 * The words of a line as a shell takes them, or as a terminal types paths that are dropped on it: separated by spaces, with
 * quotes or backslashes around what needs them. On Windows a backslash separates folders.
 *
 * @example splitWords("'/my photos/a.jpg' /b\\ c.png") // ['/my photos/a.jpg', '/b c.png']
 */
export const splitWords = (text: string, platform: NodeJS.Platform = process.platform): string[] => {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    const escapes = character === '\\' && platform !== 'win32' && quote !== "'" && index + 1 < text.length;
    if (escapes) word = (word ?? '') + text[++index]!;
    else if (quote !== null && character === quote) quote = null;
    else if (quote === null && quotes.includes(character)) {
      quote = character;
      word ??= '';
    } else if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
};
