import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: ['src/**/*.fixtures.test.ts'],
    testTimeout: 60_000,
    // Tests run onnxruntime by itself, without studio, which keeps it from sending telemetry.
    env: { ORT_DISABLE_TELEMETRY: '1' },
  },
});
