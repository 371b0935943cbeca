/** Orders strings by Unicode code point, the same on every machine and in every locale. */
export const compareCodePoints = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a.charCodeAt(index) !== b.charCodeAt(index)) {
      return a.codePointAt(index)! - b.codePointAt(index)! || a.charCodeAt(index) - b.charCodeAt(index);
    }
  }
  return a.length - b.length;
};
