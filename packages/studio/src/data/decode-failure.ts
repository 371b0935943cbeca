const explanations: readonly (readonly [RegExp, string])[] = [
  [/Input file is missing/, 'there is no such file'],
  [/Permission denied/, 'you may not read it'],
  [/unsupported image format/, 'its content is no image that can be decoded'],
];

/**
 * What an image library's error means, in one clause. libvips keeps its messages in one place for all threads, where
 * they get lost, so a damaged image has one explanation whatever the library says.
 */
export const decodeFailure = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return explanations.find(([pattern]) => pattern.test(message))?.[1] ?? 'it is damaged or cut short';
};
