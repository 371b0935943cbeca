import type { DataProblemKind } from './manifest.js';

export interface ProblemCause {
  readonly kind: DataProblemKind;
  readonly detail: string;
}

const causes: Readonly<Record<string, ProblemCause>> = {
  EACCES: { kind: 'no-permission', detail: 'you may not read it' },
  EPERM: { kind: 'no-permission', detail: 'you may not read it' },
  ELOOP: { kind: 'symlink-loop', detail: 'a link that leads back to itself' },
  ENOENT: { kind: 'missing', detail: 'there is no such file, or its link leads nowhere' },
  ENOTDIR: { kind: 'missing', detail: 'there is no such file' },
  ENAMETOOLONG: { kind: 'missing', detail: 'its path is too long' },
};

const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What a failed file operation means to the person whose file it is; undefined where it was none. */
export const fileProblem = (error: unknown): ProblemCause | undefined => {
  const code = systemCode(error);
  if (code === undefined) return undefined;
  return causes[code] ?? { kind: 'unreadable', detail: `the system can't read it (${code})` };
};
