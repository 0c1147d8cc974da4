import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const ROOT = join(import.meta.dirname, '../..');

const serviceSchema = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.string(),
  command: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.unknown()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.union([
    z.array(z.string()),
    z.record(z.string(), z.unknown()).transform((named) => Object.keys(named)),
  ]),
  labels: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  mem_limit: z.string().optional(),
  cpus: z.number().optional(),
  pids_limit: z.number().optional(),
  logging: z
    .object({ options: z.object({ 'max-size': z.string(), 'max-file': z.string() }) })
    .optional(),
  environment: z.record(z.string(), z.string()).default({}),
  container_name: z.string().optional(),
  cap_drop: z.array(z.string()).default([]),
});
export type Service = z.infer<typeof serviceSchema>;
export type Services = Record<string, Service>;

/** The text of the compose file at the repository's root. */
export const composeText = (): string => readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');

/** Services of a compose file. @throws ZodError when a service has not the expected form. */
export const readServices = (text: string): Services =>
  z.object({ services: z.record(z.string(), serviceSchema) }).parse(parse(text, { merge: true }))
    .services;

/** The text as Compose reads it when no variable is set. */
export const withDefaults = (text: string): string =>
  text.replaceAll(/\$\{[A-Z0-9_]+:?-([^}]*)\}/g, '$1');

/** Names of all variables the text asks the environment for. */
export const askedVariables = (text: string): string[] =>
  [...new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name))].sort();

/** Whether a service runs once and ends. */
export const isJob = (service: Service): boolean => service.restart.startsWith('on-failure');
