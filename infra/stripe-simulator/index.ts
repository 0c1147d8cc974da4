export type { FaultInput } from './faults.ts';
export { StripeProblem } from './problem.ts';
export type { LedgerRow } from './refunds.ts';
export { type Comparison, replay } from './replay.ts';
export type { RecordedCall } from './server.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export { startWatched as startSimulator } from './watched.ts';
export { signature, type WebhookTarget } from './webhooks.ts';
