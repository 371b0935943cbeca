import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

const escapeKey = '\u001b';
const paste = {
  on: `${escapeKey}[?2004h`,
  off: `${escapeKey}[?2004l`,
  begins: `${escapeKey}[200~`,
  ends: `${escapeKey}[201~`,
};

/** A sequence that a key sends, one control character, or a run of text. */
const pattern = new RegExp(
  `${escapeKey}\\[[0-?]*[ -/]*[@-~]|${escapeKey}O[@-~]|${escapeKey}[^${escapeKey}]?|\\p{Cc}|[^\\p{Cc}]+`,
  'gu',
);

/** The keys in what a terminal sent at once, in their order; text that was typed or pasted in one go stays together. */
export const splitKeys = (chunk: string): string[] => chunk.match(pattern) ?? [];

/** A key may lead to another screen, which the next one is for. */
const drawMilliseconds = 15;

/** What is answered at once although a screen isn't ready: Ctrl-C. */
const urgent = '\u0003';

/**
 * The keys of a terminal for Ink, one at a time. What comes in one piece comes apart, or `?` and Ctrl-C that are pressed
 * on a busy machine would be one key that nobody knows. What is pasted comes as one text. While a screen holds the keys
 * because it isn't ready for them, they wait.
 */
export class Keyboard extends Readable {
  readonly isTTY = true;
  readonly #terminal: NodeJS.ReadStream;
  readonly #screen: Pick<NodeJS.WriteStream, 'write'>;
  #waiting: string[] = [];
  #pasted: string | null = null;
  #holders = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(terminal: NodeJS.ReadStream, screen: Pick<NodeJS.WriteStream, 'write'>) {
    super({ objectMode: true, read: () => undefined });
    this.#terminal = terminal;
    this.#screen = screen;
    terminal.setRawMode(true);
    terminal.setEncoding('utf8');
    terminal.on('data', this.#take);
    screen.write(paste.on);
  }

  /** Makes keys wait until the function that it gives is called. */
  hold(): () => void {
    this.#holders += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.#holders -= 1;
      isHeld = false;
      this.#pauseToDraw();
    };
  }

  /** Gives the terminal back. */
  close(): void {
    this.#screen.write(paste.off);
    clearTimeout(this.#pause);
    this.#terminal.off('data', this.#take);
    this.#terminal.setRawMode(false);
    this.#terminal.pause();
  }

  /** Ink turns it on and off with its screens; it stays on for the keys between two of them. */
  setRawMode(): this {
    return this;
  }

  ref(): this {
    this.#terminal.ref();
    return this;
  }

  unref(): this {
    this.#terminal.unref();
    return this;
  }

  override setEncoding(): this {
    return this;
  }

  readonly #take = (chunk: string): void => {
    let rest = chunk;
    while (rest !== '') {
      const marker = this.#pasted === null ? paste.begins : paste.ends;
      const at = rest.indexOf(marker);
      const before = at < 0 ? rest : rest.slice(0, at);
      if (this.#pasted === null) this.#waiting.push(...splitKeys(before));
      else this.#pasted += before;
      if (at < 0) break;
      rest = rest.slice(at + marker.length);
      if (this.#pasted === null) this.#pasted = '';
      else {
        // A pasted line end is no Enter.
        const text = this.#pasted.trimEnd().replaceAll(/\p{Cc}+/gu, ' ');
        if (text !== '') this.#waiting.push(text);
        this.#pasted = null;
      }
    }
    this.#release();
  };

  /** Gives the next key that may be given, and the ones after it when the screen had time to be drawn. */
  #release(): void {
    if (this.#pause !== undefined) return;
    const isHeld = this.#holders > 0;
    const index = isHeld ? this.#waiting.indexOf(urgent) : 0;
    const [key] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (key === undefined) return;
    this.push(key);
    this.#pauseToDraw();
  }

  /** A new screen listens for keys only after React's own turns, which a busy machine may be late with. */
  #pauseToDraw(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(async () => {
      await turn();
      await turn();
      this.#pause = undefined;
      this.#release();
    }, drawMilliseconds);
  }
}
