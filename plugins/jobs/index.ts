export { type BackgroundWork, startOnListening, stopBackgroundWork } from './background-work.ts';
export { nightlyDue } from './nightly.ts';
export { type Prunable, pruneRows } from './prune.ts';
export { type Queue, type TriedRow, workOnNext, writeTry } from './queue.ts';
export { type Job, scheduleJobs } from './scheduled-jobs.ts';
export { createWorker, type Step, type Worker } from './worker.ts';
