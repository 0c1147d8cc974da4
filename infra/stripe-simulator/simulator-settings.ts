import { z } from 'zod';

import type { SimulatorOptions } from './simulator.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
const number = (name: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a ${name}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be between ${least} and ${most}`);

const schema = z
  .object({
    SHOP_MODE: z
      .string()
      .refine(
        (mode) => mode !== 'live',
        'is live, and a real shop has no use for a simulator: take demo out of COMPOSE_PROFILES',
      )
      .optional(),
    STRIPE_SIMULATOR_PORT: number('port', 1, 65_535).default(4010),
    STRIPE_SIMULATOR_HOST: z.string().default('127.0.0.1'),
    STRIPE_SIMULATOR_PUBLIC_URL: url.optional(),
    STRIPE_SIMULATOR_SECRET_KEY: z
      .string('is not set')
      .regex(/^sk_test_\w{8,}$/, 'must be sk_test_ and at least 8 letters or digits'),
    STRIPE_SIMULATOR_WEBHOOK_URL: url.optional(),
    STRIPE_SIMULATOR_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_\w{8,}$/, 'must be whsec_ and at least 8 letters or digits')
      .optional(),
    STRIPE_SIMULATOR_STATE_FILE: z.string().optional(),
    STRIPE_SIMULATOR_SETTLE_SECONDS: number('number of seconds', 1, 86_400).default(30),
  })
  .refine(
    (all) =>
      (all.STRIPE_SIMULATOR_WEBHOOK_URL === undefined) ===
      (all.STRIPE_SIMULATOR_WEBHOOK_SECRET === undefined),
    {
      path: ['STRIPE_SIMULATOR_WEBHOOK_SECRET'],
      error: 'goes with STRIPE_SIMULATOR_WEBHOOK_URL: set both or neither',
    },
  );

/**
 * Reads the simulator's own environment; a blank variable counts as absent.
 * @throws Error naming each bad variable (never its value, which may be a secret)
 */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): SimulatorOptions & { port: number; host: string } => {
  const result = schema.safeParse(
    Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
    ),
  );
  if (!result.success)
    throw new Error(
      `The Stripe simulator cannot start:\n${result.error.issues.map(({ path, message }) => `  - ${path.join('.')} ${message}`).join('\n')}`,
    );
  const all = result.data;
  const {
    STRIPE_SIMULATOR_WEBHOOK_URL: hook,
    STRIPE_SIMULATOR_WEBHOOK_SECRET: secret,
    STRIPE_SIMULATOR_PUBLIC_URL: publicUrl,
  } = all;
  return {
    port: all.STRIPE_SIMULATOR_PORT,
    host: all.STRIPE_SIMULATOR_HOST,
    secretKey: all.STRIPE_SIMULATOR_SECRET_KEY,
    stateFile: all.STRIPE_SIMULATOR_STATE_FILE ?? null,
    settleAfter: all.STRIPE_SIMULATOR_SETTLE_SECONDS,
    webhook: hook === undefined || secret === undefined ? null : { url: hook, secret },
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
  };
};
