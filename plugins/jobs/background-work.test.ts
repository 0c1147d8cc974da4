import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Database } from '@comptoir/database';

import { startOnListening, stopBackgroundWork } from './background-work.ts';
import { type Job, scheduleJobs } from './scheduled-jobs.ts';

const rows = () => Promise.resolve({ rows: [{ free: true }] });
const database: Database = { raw: rows, transaction: (work) => work({ raw: rows }) };

function host() {
  const warnings: string[] = [];
  const httpServer = new EventEmitter();
  return {
    db: { connection: database },
    server: { httpServer },
    log: { warn: (line: string) => warnings.push(line) },
    warnings,
    listen: () => httpServer.emit('listening'),
  };
}

const jobOf = (name: string, run: Job['run'] = () => Promise.resolve()): Job => ({
  name,
  everyMs: 60_000,
  run,
});

test('work starts when Strapi listens, and the first plugin to end stops that of all', async () => {
  const strapi = host();
  const steps: string[] = [];
  for (const name of ['first', 'second'])
    startOnListening(strapi.server.httpServer, {
      start: () => steps.push(`${name} starts`),
      stop: async () => void steps.push(`${name} stops`),
    });
  expect(steps).toEqual([]);

  strapi.listen();
  expect(steps).toEqual(['first starts', 'second starts']);

  await stopBackgroundWork();
  await stopBackgroundWork();
  expect(steps.slice(2)).toEqual(['first stops', 'second stops']);
});

test('jobs of plugins run once Strapi listens; the log says which one failed', async () => {
  const strapi = host();
  const ran = Promise.withResolvers<void>();
  scheduleJobs(strapi, [jobOf('fails', () => Promise.reject(new Error('no answer')))]);
  scheduleJobs(strapi, [jobOf('works', async () => ran.resolve())]);

  strapi.listen();
  await ran.promise;
  await stopBackgroundWork();

  expect(strapi.warnings).toEqual(['the scheduled job "fails" failed and runs again: no answer']);
});

test('two jobs of one name would keep each other from running', async () => {
  const strapi = host();
  scheduleJobs(strapi, [jobOf('prune')]);
  expect(() => scheduleJobs(strapi, [jobOf('prune')])).toThrow('Two scheduled jobs are called');

  await stopBackgroundWork();
  scheduleJobs(strapi, [jobOf('prune')]);
  await stopBackgroundWork();
});
