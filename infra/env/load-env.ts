import { type App, apps } from './apps.ts';
import { ensureSecrets } from './secrets.ts';
import {
  generatedSecrets,
  secretNames,
  type VariableName,
  variables,
  type VariableValue,
} from './variables.ts';

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<Camel<Tail>>}`
  : Lowercase<S>;
type Raw = Readonly<Record<string, string | undefined>>;

/** The typed part of the environment an app reads; `publicImageBase` always has a value. */
export type Env<A extends App = App> = {
  readonly [K in (typeof apps)[A][number] as Camel<K>]: K extends 'PUBLIC_IMAGE_BASE'
    ? string
    : VariableValue<K>;
};

const camel = (name: string): string =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const exampleSecret = /change-?me|example|exemple|comptoir-minio|not-a-secret/i;

/**
 * The secret part of a variable: of an address only the password, whose host may well be called
 * example.
 */
function secretPart(name: string, raw: string): string {
  if (isOneOf(secretNames, name)) return raw;
  return name === 'DATABASE_URL' && URL.canParse(raw) ? new URL(raw).password : '';
}

const isOneOf = (list: readonly string[], name: string): boolean => list.includes(name);

const knownTo = (name: string): string =>
  name === 'DATABASE_URL'
    ? 'has an example password, which SHOP_MODE=live refuses: everybody knows it. docker-compose takes it from POSTGRES_PASSWORD; a database that exists keeps its old one until you change it there too (runbook, D)'
    : 'is an example value, which SHOP_MODE=live refuses: everybody knows it';

/** What is wrong with one variable, or null. Never repeats the value: it may be a secret. */
function problem(name: VariableName, raw: string | undefined, live: boolean): string | null {
  if (live && raw !== undefined && exampleSecret.test(secretPart(name, raw))) return knownTo(name);
  if (live && raw === undefined && isOneOf(generatedSecrets, name))
    return 'is not set, and SHOP_MODE=live needs it: several servers must share the same value';
  const result = variables[name].schema.safeParse(raw);
  return result.success ? null : result.error.issues.map((issue) => issue.message).join('; ');
}

const s3Problems = (raw: Raw, names: readonly string[]): string[] =>
  raw['IMAGE_STORE'] !== 's3'
    ? []
    : (['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
        .filter((name) => names.includes(name) && raw[name] === undefined)
        .map(
          (name) =>
            `${name} is not set, and IMAGE_STORE=s3 needs it. A good value: ${variables[name].example}`,
        );

/** Whether an address ends in the bucket itself rather than in the API, by path or by host name. */
function isBucket(address: string, bucket: string): boolean {
  const { hostname, pathname } = new URL(address);
  return hostname.startsWith(`${bucket}.`) || pathname.replace(/\/+$/, '').endsWith(`/${bucket}`);
}

/**
 * Pages would show broken pictures: their addresses would lead to a bucket whose renditions are
 * private.
 */
function publicImageProblems(raw: Raw, names: readonly string[]): string[] {
  const base = variables.PUBLIC_IMAGE_BASE.schema.safeParse(raw['PUBLIC_IMAGE_BASE']).data;
  if (
    base === undefined ||
    !names.includes('S3_PUBLIC_RENDITIONS') ||
    raw['S3_PUBLIC_RENDITIONS'] === 'true'
  )
    return [];
  if (!isBucket(base, raw['S3_BUCKET'] ?? variables.S3_BUCKET.example)) return [];
  return [
    'PUBLIC_IMAGE_BASE leads to the bucket, whose renditions are private: set S3_PUBLIC_RENDITIONS=true and run the bucket job again, or leave PUBLIC_IMAGE_BASE blank',
  ];
}

/** Where a stand-in for Stripe may be: on this machine, or the compose service of that name. */
const SIMULATOR_HOSTS = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|stripe-simulator)$/;

/** Why the address may not stand in for Stripe, or null. */
function wrongBase(base: string, raw: Raw): string | null {
  if (raw['SHOP_MODE'] === 'live') return 'names a Stripe simulator, which SHOP_MODE=live refuses';
  if (/^[sr]k_live_/.test(raw['STRIPE_SECRET_KEY'] ?? ''))
    return 'would get a live STRIPE_SECRET_KEY, which belongs to Stripe alone';
  return SIMULATOR_HOSTS.test(new URL(base).hostname)
    ? null
    : 'must be on this machine, or the host stripe-simulator';
}

/** A shop that asks a simulator for real money would ship for nothing. */
function stripeProblems(raw: Raw, names: readonly string[]): string[] {
  const base = variables.STRIPE_API_BASE.schema.safeParse(raw['STRIPE_API_BASE']).data;
  if (base === undefined || !names.includes('STRIPE_API_BASE')) return [];
  const wrong = wrongBase(base, raw);
  return wrong === null
    ? []
    : [
        `STRIPE_API_BASE ${wrong}: leave it blank to use Stripe. A good value for the simulator: ${variables.STRIPE_API_BASE.example}`,
      ];
}

function check(names: readonly VariableName[], raw: Raw): void {
  const live = raw['SHOP_MODE'] === 'live';
  const lines = names.flatMap((name) => {
    const found = problem(name, raw[name], live);
    return found ? [`${name} ${found}. A good value: ${variables[name].example}`] : [];
  });
  const all = [
    ...lines,
    ...s3Problems(raw, names),
    ...publicImageProblems(raw, names),
    ...stripeProblems(raw, names),
  ];
  if (all.length > 0)
    throw new Error(
      `The environment is not usable (set these in .env or in the shell):\n${all.map((line) => `  - ${line}`).join('\n')}`,
    );
}

/**
 * In demo mode a blank secret is generated; in live mode only the supervisor generates, and hands
 * the result to its children.
 */
function withSecrets(names: readonly VariableName[], raw: Raw): Raw {
  const blank = generatedSecrets.filter((name) => names.includes(name) && raw[name] === undefined);
  if (blank.length === 0) return raw;
  const secrets = ensureSecrets(variables.DATA_DIR.schema.parse(raw['DATA_DIR']));
  return { ...raw, ...Object.fromEntries(blank.map((name) => [name, secrets[name]])) };
}

/**
 * Reads and checks the environment of one app. A blank variable counts as absent and takes its
 * default; blank secrets are generated into DATA_DIR (demo mode).
 * @throws Error whose message lists each bad variable: its name, what is wrong, an example of a
 * good value.
 */
export function loadEnv<A extends App>(app: A, source: Raw = process.env): Env<A> {
  const names: readonly VariableName[] = apps[app];
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  check(names, given);
  const raw = withSecrets(names, given);
  const entries = names.map(
    (name) => [camel(name), variables[name].schema.parse(raw[name])] as const,
  );
  const values: Record<string, unknown> = Object.fromEntries(entries);
  values['publicImageBase'] ??= `${String(values['publicApiUrl'])}/api/images`;
  return values as Env<A>;
}
