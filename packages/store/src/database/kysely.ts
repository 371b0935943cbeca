/**
 * All that runs of Kysely. The build makes one file of it: each command opens the store, and reading Kysely's hundreds of
 * small files took a third of that.
 */
export {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
