import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: ['src/**/*.{fixtures,native,tmux}.test.{ts,tsx}'],
    testTimeout: 60_000,
    // Most of a test is waiting for a process of its own to start.
    maxWorkers: 2,
    // What this machine has besides must not decide what is tested.
    env: { REGRAFT_ENGINE: 'wasm' },
  },
});
