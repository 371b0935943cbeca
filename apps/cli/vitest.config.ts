import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: ['src/**/*.{fixtures,native}.test.ts'],
    testTimeout: 60_000,
    // What this machine has besides must not decide what is tested.
    env: { REGRAFT_ENGINE: 'wasm' },
  },
});
