export { freePort, portProblem } from './local-ports.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres-server.ts';
export { untilAnswers } from './processes/answer.ts';
export { type Child, type ChildPlan, isRunning, startChild } from './processes/child.ts';
