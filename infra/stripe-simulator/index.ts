export { replay, type Comparison } from './replay.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export { startWatched as startSimulator } from './watched.ts';
export type { FaultInput } from './faults.ts';
export type { LedgerRow } from './refunds.ts';
export type { RecordedCall } from './server.ts';
export { signature, type WebhookTarget } from './webhooks.ts';
export { StripeProblem } from './problem.ts';
