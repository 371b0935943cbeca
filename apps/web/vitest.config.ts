import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['src/**/*.test.{ts,tsx}'], exclude: ['src/**/*.fixtures.test.ts'], testTimeout: 60_000 },
});
