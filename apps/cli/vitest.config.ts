import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: ['src/**/*.{fixtures,native,tmux}.test.{ts,tsx}'],
    testTimeout: 60_000,
    // What this machine has besides must not decide what is tested.
    env: { REGRAFT_ENGINE: 'wasm' },
  },
});
