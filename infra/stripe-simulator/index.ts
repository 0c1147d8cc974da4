export type { FaultInput } from './faults.ts';
export type { LedgerRow } from './refunds.ts';
export { type Comparison, replay } from './replay.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export type { RecordedCall } from './simulator-server.ts';
export { StripeProblem } from './stripe-problem.ts';
export { startWatched as startSimulator } from './watched.ts';
export { signature, type WebhookTarget } from './webhooks.ts';
