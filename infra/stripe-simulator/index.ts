export { replay, type Comparison } from './replay.ts';
export { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';
export type { FaultInput } from './faults.ts';
export type { LedgerRow } from './refunds.ts';
export type { RecordedCall } from './server.ts';
export { signature, type WebhookTarget } from './webhooks.ts';
export { StripeProblem } from './problem.ts';
