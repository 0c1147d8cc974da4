export { freePort, portProblem } from './local-ports.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres-server.ts';
