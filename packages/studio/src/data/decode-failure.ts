const explanations: readonly (readonly [RegExp, string])[] = [
  [/premature end|truncat|end of stream|unexpected end|EOF|out of data|not enough/i, 'the file is cut short'],
  [/Input file is missing/, 'there is no such file'],
  [/Permission denied/i, 'you may not read it'],
  [/unsupported image format/i, 'its content is no image that can be decoded'],
];

/** What an image library's error means, in one clause; the library's own words where we have no better. */
export const decodeFailure = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const known = explanations.find(([pattern]) => pattern.test(message))?.[1];
  return known ?? `the image is damaged: ${message.trim().split('\n')[0]}`;
};
