import { complain } from './say.ts';
import { INTERRUPTED, stopInOrder } from './shop/stop.ts';

type Run = (args: readonly string[]) => Promise<number | void>;

/** Loaded when asked for: `npm start` must not wait for the test runner's code. */
const commands: Record<string, () => Promise<Run>> = {
  start: async () => (await import('./commands/start.ts')).start,
  dev: async () => (await import('./commands/dev.ts')).dev,
  test: async () => (await import('./commands/test.ts')).test,
  verify: async () => (await import('./commands/verify.ts')).verify,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  sql: async () => (await import('./commands/sql-command.ts')).sql,
  bench: async () => (await import('./commands/bench.ts')).bench,
  handbook: async () => (await import('./commands/handbook.ts')).handbook,
  'images-check': async () => (await import('./commands/images-check.ts')).imagesCheck,
};
/** These end what they started in an order of their own. */
const stopThemselves = ['start', 'dev'];
const ofTheCms = ['seed', 'import', 'export', 'migrate', 'rebuild', 'sweep', 'admin-password'];

async function main([name = '', ...args]: readonly string[]): Promise<number | void> {
  if (ofTheCms.includes(name)) return (await import('./commands/cms.ts')).cms(name, args);
  const load = commands[name];
  if (!load)
    throw new Error(
      `Unknown command "${name}". Known: ${[...Object.keys(commands), ...ofTheCms].join(', ')}.`,
    );
  if (!stopThemselves.includes(name)) stopInOrder(INTERRUPTED);
  return (await load())(args);
}

/** One sentence for people; the trace with LOG_LEVEL=debug. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message;
}

main(process.argv.slice(2)).then(
  (code) => {
    if (typeof code === 'number') process.exit(code);
  },
  (error: unknown) => {
    complain(inWords(error));
    process.exit(1);
  },
);
