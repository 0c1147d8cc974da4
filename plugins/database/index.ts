export type { Database, Sql } from './statements.ts';
