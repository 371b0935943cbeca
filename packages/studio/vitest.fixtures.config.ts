import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['src/**/*.fixtures.test.ts'], testTimeout: 300_000 } });
