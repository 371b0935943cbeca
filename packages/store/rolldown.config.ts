import { defineConfig } from 'rolldown';

/** One file of Kysely; see src/database/kysely.ts. */
export default defineConfig({
  input: 'dist/database/kysely.js',
  platform: 'node',
  output: { file: 'dist/database/kysely.js', format: 'esm', codeSplitting: false },
});
