import type pg from 'pg';
import type { Database } from '../storage/database.ts';

/** Where the record's rows are: what every function of this room is handed first. */
export type Store = Database;

/** A transaction under way. */
export type Transaction = pg.PoolClient;
