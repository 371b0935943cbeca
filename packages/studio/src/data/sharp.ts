import type Sharp from 'sharp';

let loading: Promise<typeof Sharp> | undefined;

/** Loads sharp when it is first needed, with libvips's cache off: it would serve a file's old content. */
export const loadSharp = (): Promise<typeof Sharp> => {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    return sharp;
  });
  return loading;
};
