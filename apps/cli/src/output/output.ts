/** Where a command's words go: one JSON object (or NDJSON) for machines, lines for people. */
export interface Output {
  readonly json: boolean;
  /** True when a person watches: a TTY on stdout and no `--json`. */
  readonly live: boolean;
  /** A line for people; nothing under `--json`. */
  line(text?: string): void;
  /** One JSON value on its own line; nothing without `--json`. */
  data(value: unknown): void;
}

export const createOutput = ({ json = false }: { json?: boolean | undefined }): Output => ({
  json,
  live: !json && process.stdout.isTTY === true && process.env.TERM !== 'dumb',
  line: (text = '') => {
    if (!json) process.stdout.write(`${text}\n`);
  },
  data: (value) => {
    if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
  },
});
