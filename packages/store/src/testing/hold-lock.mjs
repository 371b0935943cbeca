// Holds the write lock of a store's database until it is killed: node hold-lock.mjs STORE
import { join } from 'node:path';
import Database from 'libsql';

const database = new Database(join(process.argv[2], 'store.db'));
database.exec('begin immediate');
process.stdout.write('held\n');
setInterval(() => {}, 1000);
