// Fails on an import that the design forbids. The rules are data: architecture/rules.mjs.
import { resolve } from 'node:path';
import { checkArchitecture } from './architecture/check.mjs';

const violations = checkArchitecture(resolve(import.meta.dirname, '..'));
for (const violation of violations) console.error(violation);
console.log(
  violations.length === 0 ? 'Every import follows the design.' : `Against the design: ${violations.length}.`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
