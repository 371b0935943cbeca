import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.tmux.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Screens are waited for: programs that share the processors only make each other slower.
    fileParallelism: false,
    env: { REGRAFT_ENGINE: 'wasm' },
  },
});
