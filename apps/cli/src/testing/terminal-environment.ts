const kept = ['HOME', 'PATH', 'TMPDIR', 'USER'];

/**
 * The variables that a program sees in a terminal for tests: those of a person at a shell. What a test runner, a CI or
 * an outer terminal says of itself (`CI`, `NO_COLOR`, `TMUX`, …) is left out, so that screens are alike everywhere.
 */
export const terminalEnvironment = (
  outer: NodeJS.ProcessEnv,
  added: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(outer).filter(([name]) => kept.includes(name) || name.startsWith('REGRAFT_')),
  ),
  LANG: 'C.UTF-8',
  SHELL: '/bin/sh',
  ...added,
});
