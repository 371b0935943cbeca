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
    waitFor: '✔ 96 images',
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
    mask: (line) =>
      line.replace(/(time {13}.*?12 s).*features.*/, '$1').replace(/(?<=lines .* of )\d+/, '26'),
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
  {
    name: 'models',
    title: 'Models and runs',
    sentence:
      'Models stand below what they were trained from; Tab shows the runs. Enter opens one, to try, promote, name, compare or delete it.',
    act: (terminal) => terminal.press('End', 'Enter'),
    waitFor: '└─ v1',
  },
  {
    name: 'try',
    title: 'Try it',
    sentence:
      'Images are dropped, typed or watched in a folder; each answer has its bars and the picture beside it.',
    act: async (terminal) => {
      await terminal.press('Escape');
      await terminal.waitFor('Try a model');
      await terminal.press('Down', 'Enter');
      await terminal.waitFor('photo.jpg');
      await terminal.type('photos/circles/3.png');
      await terminal.press('Enter');
    },
    waitFor: /█.*circles/,
    timeout: 30_000,
    hasImage: true,
    recordedSeconds: 4,
  },
  {
    name: 'advice',
    title: 'Advice on new images',
    sentence: 'Whether a model should be trained on them, how deep and for how long it may compare.',
    act: async (terminal) => {
      await terminal.press('Escape');
      await terminal.waitFor('Advice on new images');
      await terminal.press('Down', 'Down', 'Enter');
      await terminal.waitFor('Which model');
      await terminal.press('Enter');
      await terminal.waitFor('Which are the new images');
      await terminal.type('photos');
      await terminal.waitFor('96 images');
      await terminal.press('Enter');
      await terminal.waitFor('How long');
      await terminal.press('Enter');
    },
    waitFor: '$ regraft advise',
  },
];
