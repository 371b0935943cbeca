import { type FileHandle, open } from 'node:fs/promises';

interface Entry {
  readonly handle: Promise<FileHandle>;
  users: number;
}

/** Files kept open for reading, at most so many beyond those in use; the one used longest ago is closed first. */
export class OpenFiles {
  readonly #limit: number;
  /** In order of use, the latest last. */
  readonly #entries = new Map<string, Entry>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Files open now. */
  get size(): number {
    return this.#entries.size;
  }

  /** Opens the file or takes the open one, and keeps it open while the work lasts. */
  async use<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
    const entry = this.#entries.get(path) ?? { handle: open(path, 'r'), users: 0 };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    entry.users++;
    try {
      return await work(await entry.handle);
    } catch (error) {
      await this.#forgetFailed(path, entry);
      throw error;
    } finally {
      entry.users--;
      await this.#closeSurplus();
    }
  }

  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(async ({ handle }) => (await handle).close()));
  }

  /** A file that could not be opened is tried anew the next time. */
  async #forgetFailed(path: string, entry: Entry): Promise<void> {
    try {
      await entry.handle;
    } catch {
      if (this.#entries.get(path) === entry) this.#entries.delete(path);
    }
  }

  async #closeSurplus(): Promise<void> {
    for (const [path, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      if (entry.users > 0) continue;
      this.#entries.delete(path);
      await (await entry.handle).close();
    }
  }
}
