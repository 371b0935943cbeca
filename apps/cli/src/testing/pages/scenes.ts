import type { Scene } from './scene.js';

/** The screens that docs/wizard.md shows, in its order. They run in a folder that has `photos/` and a `tiny` backbone. */
export const scenes: readonly Scene[] = [
  {
    name: 'home-empty',
    title: 'Home, before the first model',
    sentence: 'The wizard opens by `regraft` alone. An empty store leads to the first model.',
    command: [],
    waitFor: 'Make the first model',
    recordedSeconds: 2,
  },
  {
    name: 'data',
    title: 'Which images',
    sentence:
      'A path is typed, completed by Tab or dropped onto the terminal; what is there is shown at once, with all that was left out.',
    act: async (terminal) => {
      await terminal.press('Enter');
      await terminal.waitFor('Which images');
      await terminal.type('photos');
    },
    waitFor: '✔ 24 images',
    hasImage: true,
    recordedSeconds: 3,
  },
  {
    name: 'help',
    title: 'Help',
    sentence: 'Every question explains itself on `?`.',
    act: async (terminal) => {
      await terminal.press('Enter');
      await terminal.waitFor('mobilenet-v2.openimages');
      await terminal.press('?');
    },
    waitFor: 'any key',
  },
  {
    name: 'start',
    title: 'What to start from',
    sentence:
      'A pretrained backbone with its size, its licence and whether it is here, or a version of your own.',
    act: (terminal) => terminal.press('Space'),
    waitFor: 'What shall it start from?',
    hasImage: true,
    recordedSeconds: 3,
  },
  {
    name: 'depth',
    title: 'How much of it learns',
    sentence:
      'By default it is found out: several depths are compared on images that none of them learned from.',
    act: (terminal) => terminal.press('Enter'),
    waitFor: 'The head alone',
    recordedSeconds: 3,
  },
  {
    name: 'review',
    title: 'Review',
    sentence: 'The answers, and the command that means the same; it can be edited.',
    act: (terminal) => terminal.press('Down', 'Enter'),
    waitFor: 'Shall it start?',
    recordedSeconds: 3,
  },
  {
    name: 'result',
    title: 'What it came to',
    sentence:
      'Accuracy in plain words and with its interval, what is confused most, what was frozen and the proof of it, and what to do next.',
    act: (terminal) => terminal.press('Enter'),
    waitFor: 'Of 100 new images',
    timeout: 90_000,
    // How long its parts took decides how many lines it takes.
    mask: (line) => line.replace(/(\btime\b.*?12 s).*features.*/, '$1').replace(/(?<=lines .* of )\d+/, '26'),
    hasImage: true,
    recordedSeconds: 5,
  },
  {
    name: 'home',
    title: 'Home',
    sentence:
      'The champion or the newest version, runs that go on or were interrupted, and what can be done.',
    act: (terminal) => terminal.press('Enter'),
    waitFor: 'newest',
  },
];
