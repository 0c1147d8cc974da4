export { freePort, portProblem } from './ports.ts';
export { startPostgres, type Postgres, type PostgresOptions } from './postgres/server.ts';
export { untilAnswers } from './processes/answer.ts';
export { isRunning, startChild, type Child, type ChildPlan } from './processes/child.ts';
