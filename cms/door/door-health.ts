import type { Catalogue } from '@comptoir/catalogue/read';
import type { Health, HealthCheck } from '@comptoir/contracts';
import type { SchemaState } from '@comptoir/database/migrate';

import { mailCheck, type MailRoute, type OutboxState } from './mail-health.ts';
import { paymentCheck, type PaymentSetup, type PaymentState } from './payment-health.ts';
import type { StrapiState } from './strapi-process.ts';

export type HealthSources = {
  version: string;
  catalogue: Catalogue;
  database(): boolean;
  strapi(): StrapiState;
  /** Which schema the database has; throws when the database does not say. */
  schema(): Promise<SchemaState>;
  storage(): Promise<void>;
  /** Where mails go, and what waits in the outbox; throws when the database does not say. */
  mailRoute: MailRoute;
  outbox(): Promise<OutboxState | null>;
  /**
   * What payments are taken with, and what the payment worker last saw of it; throws when the
   * database does not say.
   */
  paymentSetup: PaymentSetup;
  payments(): Promise<PaymentState | null>;
};

const FRESH_MS = 2000;
const PATIENCE_MS = 1500;

/**
 * Remembers a slow check's last result and renews it in the background at most every two seconds:
 * asking for health never waits on a dead service twice.
 */
function cachedCheck<T>(
  check: () => Promise<T>,
  toFailure: (message: string) => T,
): () => Promise<T> {
  let at = 0;
  let running: Promise<T> | null = null;
  let last: T | null = null;
  const renew = async (): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${PATIENCE_MS} ms`)),
        PATIENCE_MS,
      );
    });
    try {
      last = await Promise.race([check(), late]);
    } catch (error) {
      last = toFailure(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      at = Date.now();
      running = null;
    }
    return last;
  };
  return async () => {
    if (last !== null && Date.now() - at < FRESH_MS) return last;
    running ??= renew();
    return last ?? running;
  };
}

const down = (message: string): HealthCheck => ({ status: 'down', message });

function strapiCheck(sources: HealthSources): Health['checks']['strapi'] {
  const { phase, restarts } = sources.strapi();
  if (phase === 'ready') return { status: 'ok', restarts };
  return { status: phase === 'off' ? 'off' : 'down', message: phase, restarts };
}

function catalogueCheck({ catalogue }: HealthSources): Health['checks']['catalogue'] {
  const state = catalogue.current();
  if (state === null)
    return {
      status: 'down',
      message: 'nothing to serve yet',
      source: 'snapshot',
      version: 'none.0',
      products: 0,
      age: 0,
    };
  const { source, version, products } = state;
  const age = Math.max(0, Math.floor((Date.now() - catalogue.asOf()) / 1000));
  return { status: source === 'database' ? 'ok' : 'degraded', source, version, products, age };
}

async function migrationsCheck(sources: HealthSources): Promise<Health['checks']['migrations']> {
  const { version, pending, missing, unknown } = await sources.schema();
  const named = version === null ? {} : { version };
  if (unknown.length > 0)
    return {
      status: 'down',
      message: `the database belongs to a newer version: ${unknown.join(', ')}`,
      ...named,
    };
  const lacking = [...pending, ...missing];
  if (lacking.length === 0) return { status: 'ok', ...named };
  return { status: 'degraded', message: 'run npm run migrate', pending: lacking, ...named };
}

/** The checks that ask another process, each remembered for a moment. */
function slowChecks(sources: HealthSources) {
  return {
    storage: cachedCheck(async (): Promise<HealthCheck> => {
      await sources.storage();
      return { status: 'ok' };
    }, down),
    migrations: cachedCheck(() => migrationsCheck(sources), down),
    mail: cachedCheck<Health['checks']['mail']>(
      async () => mailCheck(sources.mailRoute, await sources.outbox()),
      down,
    ),
    payments: cachedCheck(
      async (): Promise<HealthCheck> =>
        paymentCheck(sources.paymentSetup, await sources.payments()),
      down,
    ),
  };
}

/** Names of the checks that keep the shop from selling. */
const notReady = ({ checks }: Health): string[] => [
  ...(['database', 'strapi', 'migrations', 'catalogue', 'storage'] as const).filter(
    (name) => checks[name].status !== 'ok',
  ),
  ...(checks.payments.status === 'down' ? ['payments'] : []),
];

/** Builds `/health` and the reasons why the shop is not ready to sell (empty = ready). */
export function createHealth(sources: HealthSources) {
  const { storage, migrations, mail, payments } = slowChecks(sources);
  const report = async (): Promise<Health> => {
    const away = down('database away');
    const asked = <T>(check: () => Promise<T>): Promise<T> | typeof away =>
      sources.database() ? check() : away;
    const [stored, migrated, mailed, paying] = await Promise.all([
      storage(),
      asked(migrations),
      asked(mail),
      sources.paymentSetup.mode === 'off'
        ? paymentCheck(sources.paymentSetup, null)
        : asked(payments),
    ]);
    const checks: Health['checks'] = {
      database: sources.database()
        ? { status: 'ok' }
        : down('not connected; the catalogue is served from memory'),
      migrations: migrated,
      strapi: strapiCheck(sources),
      storage: stored,
      catalogue: catalogueCheck(sources),
      payments: paying,
      mail: mailed,
    };
    const well = Object.values(checks).every(({ status }) => status === 'ok' || status === 'off');
    return {
      status: well ? 'ok' : 'degraded',
      version: sources.version,
      uptime: Math.floor(process.uptime()),
      checks,
    };
  };
  return {
    report,
    /** What waits in the outbox, for the metrics. */
    mail,
    /** What keeps the shop from selling, by check name. */
    notReady,
    /** True while shoppers can be served at all. */
    alive: (): boolean => sources.catalogue.current() !== null,
  };
}
export type HealthReporter = ReturnType<typeof createHealth>;
