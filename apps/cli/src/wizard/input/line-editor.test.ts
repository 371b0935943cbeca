import { expect, test } from 'vitest';
import { editedLine, editLine, type LineEdit, lineText } from './line-editor.js';

const after = (text: string, ...edits: LineEdit[]) => edits.reduce(editLine, editedLine(text));
const left: LineEdit = { kind: 'left' };

test('letters go in where the cursor stands', () => {
  expect(lineText(after('phos', left, { kind: 'insert', text: 'to' }))).toBe('photos');
});

test('an emoji of several code points is one step and is deleted whole', () => {
  expect(lineText(after('a👩‍🌾b', left, { kind: 'backspace' }))).toBe('ab');
  expect(after('👩‍🌾', left).cursor).toBe(0);
});

test('an accent that is typed after its letter joins it', () => {
  const line = after('e', { kind: 'insert', text: '\u0301' });
  expect(line).toEqual({ graphemes: ['e\u0301'], cursor: 1 });
});

test('a word is deleted up to the slash before it', () => {
  expect(lineText(after('photos/new/', { kind: 'delete-word' }))).toBe('photos/');
  expect(lineText(after('photos', { kind: 'home' }, { kind: 'delete-word' }))).toBe('photos');
});

test('the cursor stays on the line', () => {
  expect(after('', left, { kind: 'backspace' }, { kind: 'right' })).toEqual({ graphemes: [], cursor: 0 });
  expect(lineText(after('ab', { kind: 'home' }, { kind: 'delete' }, { kind: 'end' }))).toBe('b');
});
