import { connection } from 'next/server.js';
import { loadVersions } from '../server/load-versions.js';
import { EmptyStore } from '../versions/empty-store.js';
import { FailureNote } from '../versions/failure-note.js';
import { VersionTable } from '../versions/version-table.js';

export default async function Page() {
  await connection();
  const loaded = await loadVersions();
  if (loaded.state === 'failed') return <FailureNote message={loaded.message} hint={loaded.hint} />;
  return loaded.versions.length === 0 ? <EmptyStore /> : <VersionTable versions={loaded.versions} />;
}
