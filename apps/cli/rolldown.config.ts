import { defineConfig } from 'rolldown';

/** Ink loads it where DEV=true, which nobody of ours sets. */
const devtools = 'react-devtools-core';

/** One file of Ink and what it imports; see src/ink.ts. */
export default defineConfig({
  input: 'dist/ink.js',
  platform: 'node',
  external: /^react($|\/)/,
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  plugins: [
    {
      name: 'without-devtools',
      resolveId: (id) => (id === devtools ? `\0${devtools}` : null),
      load: (id) => (id === `\0${devtools}` ? 'export default {};' : null),
    },
  ],
  output: { file: 'dist/ink.js', format: 'esm', codeSplitting: false },
});
