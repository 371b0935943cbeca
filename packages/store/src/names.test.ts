import { expect, test } from 'vitest';
import { assertName } from './names.js';

test.each(['flowers', 'Мои цветы', '花', 'v', 'version-3', 'a'.repeat(200)])('%s is a name', (name) => {
  expect(() => assertName('alias', name)).not.toThrow();
});

test.each(['', 'v3', 'v12', '-x', ' x', 'x ', 'a\nb', 'a\0b', '\ud800', 'a'.repeat(201)])(
  '%j is no name',
  (name) => {
    expect(() => assertName('alias', name)).toThrow(expect.objectContaining({ code: 'usage-invalid' }));
  },
);
