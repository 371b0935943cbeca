import { unreadable } from '../format-errors.js';
import { isGlobal, type PickledStorage, type PickleValue } from './pickle-value.js';
import { storageType } from './safe-callables.js';

const isCount = (value: PickleValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * The storage that a persistent id stands for: `('storage', class, key, device, count[, view])`, where an old
 * file's view is `(key, offset, count)`.
 */
export const resolveStorage = (id: PickleValue): PickledStorage => {
  const [kind, type, key, , count, view] = Array.isArray(id) ? id : [];
  if (kind !== 'storage' || !isGlobal(type) || typeof key !== 'string' || !isCount(count)) {
    throw unreadable('A pickle may refer to storages only. Received: a reference of another kind');
  }
  const [, start, viewCount] = Array.isArray(view) ? view : [null, 0, count];
  if (!isCount(start) || !isCount(viewCount) || start + viewCount > count) {
    throw unreadable(`A view must lie within its storage of ${count} elements. Received: storage "${key}"`);
  }
  return { kind: 'storage', key, type: storageType(type), start, count: viewCount };
};
