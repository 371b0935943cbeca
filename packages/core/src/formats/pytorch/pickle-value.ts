import type { ElementType } from '../element-type.js';

/** A function or class that a pickle names; it is looked up in a closed list and never imported or called. */
export interface PickledGlobal {
  readonly kind: 'global';
  /** `module.name` as Python knows it. */
  readonly name: string;
}

/** A run of elements that lies outside the pickle. */
export interface PickledStorage {
  readonly kind: 'storage';
  readonly key: string;
  readonly type: ElementType;
  /** The first element of the run. */
  readonly start: number;
  /** Elements in the run. */
  readonly count: number;
}

/** A strided view of a storage, in elements. */
export interface PickledTensor {
  readonly kind: 'tensor';
  readonly storage: PickledStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Python's dicts are maps; its lists and tuples are arrays. */
export type PickleValue =
  | bigint
  | boolean
  | null
  | number
  | string
  | Uint8Array
  | PickledGlobal
  | PickledStorage
  | PickledTensor
  | PickleMap
  | PickleValue[];

export interface PickleMap extends Map<PickleValue, PickleValue> {}

export const isGlobal = (value: PickleValue | undefined): value is PickledGlobal =>
  isRecord(value) && value.kind === 'global';

export const isStorage = (value: PickleValue | undefined): value is PickledStorage =>
  isRecord(value) && value.kind === 'storage';

export const isTensor = (value: PickleValue | undefined): value is PickledTensor =>
  isRecord(value) && value.kind === 'tensor';

const isRecord = (value: PickleValue | undefined): value is PickledGlobal | PickledStorage | PickledTensor =>
  typeof value === 'object' && value !== null && 'kind' in value;
