import { expect, test } from 'vitest';
import { cacheLimitFromEnvironment } from './cache-limit.js';

test('the limit is 5 GB unless REGRAFT_CACHE_LIMIT says another number of bytes', () => {
  expect(cacheLimitFromEnvironment({})).toBe(5e9);
  expect(cacheLimitFromEnvironment({ REGRAFT_CACHE_LIMIT: '' })).toBe(5e9);
  expect(cacheLimitFromEnvironment({ REGRAFT_CACHE_LIMIT: ' 1e6 ' })).toBe(1e6);
  expect(cacheLimitFromEnvironment({ REGRAFT_CACHE_LIMIT: '0' })).toBe(0);
});

test.each(['five', '-1', '5GB', 'Infinity'])('%s is no limit', (text) => {
  const read = () => cacheLimitFromEnvironment({ REGRAFT_CACHE_LIMIT: text });
  expect(read).toThrow(expect.objectContaining({ code: 'usage-invalid' }));
});
