import type { Env } from '@comptoir/env';

import { portProblem } from '../local-ports.ts';
import { usesSimulator } from './simulated-stripe.ts';

const wanted = (env: Env<'supervisor'>): readonly (readonly [string, number, string, string])[] => [
  ['STOREFRONT_PORT', env.storefrontPort, env.storefrontHost, 'the storefront'],
  ['API_PORT', env.apiPort, env.apiHost, 'the API and the admin'],
  ['METRICS_PORT', env.metricsPort, env.metricsHost, "the API's metrics"],
  [
    'STOREFRONT_METRICS_PORT',
    env.storefrontMetricsPort,
    env.metricsHost,
    "the storefront's metrics",
  ],
  ...(usesSimulator(env)
    ? [
        [
          'STRIPE_SIMULATOR_PORT',
          env.stripeSimulatorPort,
          '127.0.0.1',
          'the Stripe simulator',
        ] as const,
      ]
    : []),
];

/** Two of the shop's own parts on one port: the second to start would find it taken. */
const shared = (env: Env<'supervisor'>): string[] =>
  wanted(env).flatMap(([name, port], at) =>
    wanted(env)
      .slice(0, at)
      .filter(([, other]) => other === port)
      .map(
        ([other]) =>
          `${other} and ${name} are both ${port}: give one of them another port (for example \`${name}=${port + 100} npm start\`).`,
      ),
  );

/** One sentence per port that cannot be had, with the remedy. */
export async function portProblems(env: Env<'supervisor'>): Promise<string[]> {
  const found = shared(env);
  if (found.length > 0) return found;
  for (const [name, port, host, what] of wanted(env)) {
    const problem = await portProblem(port, host);
    if (problem === 'taken')
      found.push(
        `Port ${port}, for ${what}, is taken by another program: stop that program, or choose another port with ${name} (for example \`${name}=${port + 100} npm start\`).`,
      );
    if (problem === 'forbidden')
      found.push(
        `Port ${port}, for ${what}, may not be opened by this user: choose one above 1023 with ${name}.`,
      );
  }
  return found;
}
