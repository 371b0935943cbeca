import { unreadable } from '../format-errors.js';
import type { ByteCursor } from './byte-cursor.js';
import { isGlobal, type PickledStorage, type PickleMap, type PickleValue } from './pickle-value.js';
import { resolveStorage } from './resolve-storage.js';
import { admitGlobal, applyGlobal, unsafe } from './safe-callables.js';

interface Machine {
  readonly cursor: ByteCursor;
  readonly stack: PickleValue[];
  /** Stack heights that MARK has put down. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  readonly onStorage: (storage: PickledStorage) => void;
}

const malformed = (found: string): Error =>
  unreadable(`A weight file's pickle must be well formed. Received: ${found}`);

const pop = ({ stack, marks }: Machine): PickleValue => {
  if (stack.length <= (marks.at(-1) ?? 0)) throw malformed('an empty stack');
  return stack.pop()!;
};

const top = ({ stack }: Machine): PickleValue => {
  const value = stack.at(-1);
  if (value === undefined) throw malformed('an empty stack');
  return value;
};

const popToMark = ({ stack, marks }: Machine): PickleValue[] => {
  const mark = marks.pop();
  if (mark === undefined) throw malformed('a missing mark');
  return stack.splice(mark);
};

const popMany = (machine: Machine, count: number): PickleValue[] =>
  Array.from({ length: count }, () => pop(machine)).reverse();

const setItems = (target: PickleValue, entries: readonly PickleValue[]): void => {
  if (!(target instanceof Map) || entries.length % 2 !== 0) throw malformed('items for no dict');
  for (let index = 0; index < entries.length; index += 2) target.set(entries[index]!, entries[index + 1]!);
};

const appendAll = (target: PickleValue, entries: readonly PickleValue[]): void => {
  if (!Array.isArray(target)) throw malformed('entries for no list');
  for (const entry of entries) target.push(entry);
};

const dictOf = (entries: readonly PickleValue[]): PickleMap => {
  const dict: PickleMap = new Map();
  setItems(dict, entries);
  return dict;
};

const recall = ({ memo, stack }: Machine, index: number): void => {
  const value = memo.get(index);
  if (value === undefined) throw malformed(`a reference to nothing (${index})`);
  stack.push(value);
};

const integer = (bytes: Uint8Array): number | bigint => {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const signed = BigInt.asIntN(bytes.length * 8, value);
  const small = Number(signed);
  return Number.isSafeInteger(small) ? small : signed;
};

const callGlobal = (machine: Machine): PickleValue => {
  const [callable, values] = popMany(machine, 2);
  if (!isGlobal(callable) || !Array.isArray(values)) throw malformed('a call of no function');
  return applyGlobal(callable, values);
};

const stackGlobal = (machine: Machine): PickleValue => {
  const [module, name] = popMany(machine, 2);
  if (typeof module !== 'string' || typeof name !== 'string') throw malformed('a name that is no text');
  return admitGlobal(module, name);
};

const referTo = (machine: Machine): PickleValue => {
  const storage = resolveStorage(pop(machine));
  machine.onStorage(storage);
  return storage;
};

/** Attributes of a dict are PyTorch's own notes on it; an object that sets its state is not a container. */
const build = (machine: Machine): void => {
  pop(machine);
  if (!(top(machine) instanceof Map)) throw unsafe('__setstate__');
};

const refuse = (opcode: string) => (): never => {
  throw unsafe(`the pickle opcode ${opcode}`);
};

const push =
  (make: (machine: Machine) => PickleValue) =>
  (machine: Machine): void =>
    void machine.stack.push(make(machine));

const remember = (machine: Machine, index: number): void => void machine.memo.set(index, top(machine));

/** Opcodes of pickle protocols 2 to 5 by their byte; names as in Python's `pickletools`. */
const steps: Readonly<Record<string, (machine: Machine) => void>> = {
  '(': (machine) => void machine.marks.push(machine.stack.length),
  '0': (machine) => void pop(machine),
  '1': (machine) => void popToMark(machine),
  '2': push(top),
  '}': push(() => new Map()),
  ']': push(() => []),
  ')': push(() => []),
  N: push(() => null),
  '\x88': push(() => true),
  '\x89': push(() => false),
  J: push(({ cursor }) => cursor.int32()),
  K: push(({ cursor }) => cursor.uint8()),
  M: push(({ cursor }) => cursor.uint16()),
  G: push(({ cursor }) => cursor.float64()),
  '\x8a': push(({ cursor }) => integer(cursor.take(cursor.uint8()))),
  X: push(({ cursor }) => cursor.text(cursor.uint32())),
  '\x8c': push(({ cursor }) => cursor.text(cursor.uint8())),
  '\x8d': push(({ cursor }) => cursor.text(cursor.uint64())),
  U: push(({ cursor }) => cursor.text(cursor.uint8())),
  T: push(({ cursor }) => cursor.text(cursor.uint32())),
  B: push(({ cursor }) => cursor.take(cursor.uint32())),
  C: push(({ cursor }) => cursor.take(cursor.uint8())),
  t: push(popToMark),
  l: push(popToMark),
  d: push((machine) => dictOf(popToMark(machine))),
  '\x85': push((machine) => popMany(machine, 1)),
  '\x86': push((machine) => popMany(machine, 2)),
  '\x87': push((machine) => popMany(machine, 3)),
  a: (machine) => {
    const entry = pop(machine);
    appendAll(top(machine), [entry]);
  },
  e: (machine) => {
    const entries = popToMark(machine);
    appendAll(top(machine), entries);
  },
  s: (machine) => {
    const entry = popMany(machine, 2);
    setItems(top(machine), entry);
  },
  u: (machine) => {
    const entries = popToMark(machine);
    setItems(top(machine), entries);
  },
  q: (machine) => remember(machine, machine.cursor.uint8()),
  r: (machine) => remember(machine, machine.cursor.uint32()),
  '\x94': (machine) => remember(machine, machine.memo.size),
  h: (machine) => recall(machine, machine.cursor.uint8()),
  j: (machine) => recall(machine, machine.cursor.uint32()),
  c: push(({ cursor }) => admitGlobal(cursor.line(), cursor.line())),
  '\x93': push(stackGlobal),
  R: push(callGlobal),
  Q: push(referTo),
  b: build,
  '\x80': ({ cursor }) => void cursor.uint8(),
  '\x95': ({ cursor }) => void cursor.uint64(),
  i: ({ cursor }) => {
    throw unsafe(`${cursor.line()}.${cursor.line()}`);
  },
  o: refuse('OBJ'),
  '\x81': refuse('NEWOBJ'),
  '\x92': refuse('NEWOBJ_EX'),
  '\x82': refuse('EXT1'),
  '\x83': refuse('EXT2'),
  '\x84': refuse('EXT4'),
};

const opcodes = new Map(Object.entries(steps).map(([character, step]) => [character.charCodeAt(0), step]));

const stop = '.'.charCodeAt(0);

/**
 * Reads one pickle, in the subset of the protocol that tensors and containers need. Nothing is ever called: a name
 * outside the closed list is `weights-unsafe`, anything malformed `weights-unreadable`.
 */
export const unpickle = (
  cursor: ByteCursor,
  onStorage: (storage: PickledStorage) => void = () => {},
): PickleValue => {
  const machine: Machine = { cursor, stack: [], marks: [], memo: new Map(), onStorage };
  for (let opcode = cursor.uint8(); opcode !== stop; opcode = cursor.uint8()) {
    const run = opcodes.get(opcode);
    if (run === undefined) throw malformed(`opcode ${opcode} at ${cursor.position - 1}`);
    run(machine);
  }
  return pop(machine);
};
