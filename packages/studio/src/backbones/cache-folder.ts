import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const platformCache = (platform: NodeJS.Platform, environment: Environment, home: string): string => {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Caches');
    case 'win32':
      return environment.LOCALAPPDATA || join(home, 'AppData', 'Local');
    default:
      return join(home, '.cache');
  }
};

/**
 * Where weights that are fetched once are kept for this user: `REGRAFT_CACHE`, else `regraft` in `XDG_CACHE_HOME` or
 * in the platform's own cache folder.
 */
export const defaultCacheFolder = (
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string =>
  environment.REGRAFT_CACHE ||
  join(environment.XDG_CACHE_HOME || platformCache(platform, environment, home), 'regraft');
