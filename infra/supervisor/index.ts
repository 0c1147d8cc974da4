export { freePort, portProblem } from './ports.ts';
export { startPostgres, type Postgres, type PostgresOptions } from './postgres/server.ts';
