import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a fixture that lives beside the repository; an error where it is missing. */
export const sharedFixture = (name: string): string => {
  const path = fileURLToPath(new URL(`../../../../../shared/fixtures/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`The fixture ${path} must be there.`);
  return path;
};
