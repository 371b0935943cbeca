import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.native.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { REGRAFT_ENGINE: 'native' },
  },
});
