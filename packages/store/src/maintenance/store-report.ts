export type StoreProblemKind =
  /** SQLite finds its own file damaged. */
  | 'database-damaged'
  /** A record refers to one that is not there. */
  | 'reference-broken'
  /** A record needs a blob that is not there. */
  | 'blob-missing'
  /** A blob has other content than its name says. */
  | 'blob-corrupt'
  /** The index knows a file of cached activations that is not there, or not what was written. */
  | 'shard-missing'
  | 'shard-corrupt';

/** Something in a store that is not as it must be. */
export interface StoreProblem {
  readonly kind: StoreProblemKind;
  /** One sentence: what it is, and which records suffer. */
  readonly what: string;
  readonly repaired: boolean;
}

/** Something in a store that nothing refers to: no problem, but `gc` would remove it. */
export interface Litter {
  readonly kind: 'temporary' | 'blob' | 'shard';
  /** File name, or the sha256 of a blob. */
  readonly name: string;
  readonly bytes: number;
}

/** What `check` found. */
export interface StoreReport {
  /** True where no problem is left. */
  readonly healthy: boolean;
  readonly problems: readonly StoreProblem[];
  readonly litter: readonly Litter[];
  readonly checked: { readonly blobs: number; readonly shards: number; readonly bytes: number };
}

/** What `gc` removed, or would remove. */
export interface CollectedLitter {
  readonly removed: readonly Litter[];
  /** Of all that was removed. */
  readonly bytes: number;
}
