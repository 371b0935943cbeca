import { readFileSync } from 'node:fs';

/** A file of ../shared/fixtures; only tests named `*.fixtures.test.ts` may ask for one. */
export const sharedFixture = (path: string): Buffer =>
  readFileSync(new URL(`../../../../../shared/fixtures/${path}`, import.meta.url));
