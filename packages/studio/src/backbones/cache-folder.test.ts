import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCacheFolder } from './cache-folder.js';

test.each([
  [{ REGRAFT_CACHE: '/elsewhere', XDG_CACHE_HOME: '/xdg' }, 'linux', '/elsewhere'],
  [{ XDG_CACHE_HOME: '/xdg' }, 'linux', join('/xdg', 'regraft')],
  [{}, 'linux', join('/home/ada', '.cache', 'regraft')],
  [{ REGRAFT_CACHE: '' }, 'darwin', join('/home/ada', 'Library', 'Caches', 'regraft')],
  [{ LOCALAPPDATA: '/local' }, 'win32', join('/local', 'regraft')],
  [{}, 'win32', join('/home/ada', 'AppData', 'Local', 'regraft')],
] as const)('%o on %s is %s', (environment, platform, expected) => {
  expect(defaultCacheFolder(environment, platform, '/home/ada')).toBe(expected);
});
