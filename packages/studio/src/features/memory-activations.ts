import type { ActivationRow, ActivationSpace } from '@regraft/store';

/** The part of a store's activation cache that a pass needs. */
export interface ActivationSpaces {
  open(options: {
    readonly space: string;
    readonly rowLength: number;
  }): Promise<Pick<ActivationSpace, 'missing' | 'append' | 'reader' | 'rowLength'>>;
}

/** Activations that live as long as this object: for images that are looked at once. */
export const createMemoryActivations = (): ActivationSpaces => {
  const spaces = new Map<string, Map<string, Float32Array>>();
  return {
    open: async ({ space, rowLength }) => {
      const rows = spaces.get(space) ?? new Map<string, Float32Array>();
      spaces.set(space, rows);
      return {
        rowLength,
        missing: async (keys) => [...new Set(keys)].filter((key) => !rows.has(key)),
        append: async (added: readonly ActivationRow[]) => {
          for (const { key, values } of added) rows.set(key, values);
        },
        reader: async (keys) => ({
          size: keys.length,
          rowLength,
          read: async (indices, into) => {
            for (const [place, index] of indices.entries())
              into.set(rows.get(keys[index]!)!, place * rowLength);
          },
          close: async () => undefined,
        }),
      };
    },
  };
};
