import type { Kysely } from 'kysely';
import type { Schema } from './database/schema.js';
import type { StoreLayout } from './store-layout.js';

/** What every part of an open store works on. */
export interface StoreContext {
  readonly layout: StoreLayout;
  readonly database: Kysely<Schema>;
  readonly readOnly: boolean;
}
