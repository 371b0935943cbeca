import type { Scene } from './scene.js';

/** The screens that docs/wizard.md shows, in its order. They run in a folder that has `photos/` and a `tiny` backbone. */
export const scenes: readonly Scene[] = [
  {
    name: 'help',
    title: 'The commands',
    sentence: 'What the wizard does, each command does too.',
    command: ['--help'],
    rows: 80,
    waitFor: 'Examples:',
    hasImage: true,
    recordedSeconds: 3,
  },
];
