/**
 * Studio, loaded by Node when a page first needs it. It brings native modules and starts processes from files
 * beside it, so it must not go through the bundler.
 */
export const loadStudio = () => import(/* turbopackIgnore: true */ '@regraft/studio');
