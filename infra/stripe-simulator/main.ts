import { startSimulator } from './simulator.ts';
import { readSettings } from './simulator-settings.ts';

try {
  const settings = readSettings(process.env);
  const simulator = await startSimulator(settings);
  console.log(
    `The Stripe simulator answers on ${settings.host}:${simulator.port}; no card is ever debited.`,
  );
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void simulator.close().finally(() => process.exit(0));
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
