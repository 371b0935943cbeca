import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that a Debian package is unpacked in: fetched by apt on first use, and nothing is installed. */
export const debianFiles = (name) => {
  const folder = join(tmpdir(), 'regraft-bench', 'debian', name);
  const complete = join(folder, '.complete');
  if (!existsSync(complete)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('apt-get', ['download', name], { cwd: folder, stdio: ['ignore', 2, 2] });
    const file = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
    execFileSync('dpkg-deb', ['-x', join(folder, file), folder]);
    writeFileSync(complete, '');
  }
  return folder;
};
