/**
 * What was found in a built image; `files` are paths without a leading slash, `bytes` their sum.
 */
export interface BuiltImage {
  user: string;
  healthcheck: boolean;
  env: readonly string[];
  files: readonly string[];
  bytes: number;
}

const secretFile = /(?:^|\/)(?:\.env|\.npmrc|secrets\.json|id_rsa|id_ed25519|\.git\/config)$/;
const secretVariable = /(?:SECRET|PASSWORD|TOKEN|_KEY|_KEYS|_SALT)=./;

/** What belongs in one image only, by a path that gives it away. */
const PARTS = {
  strapi: 'node_modules/@strapi/',
  pages: 'app/storefront/server.ts',
  simulator: 'app/infra/stripe-simulator/main.ts',
} as const;
export type Part = keyof typeof PARTS;

const misplaced =
  ({ files }: BuiltImage, own: Part) =>
  ([part, sign]: [string, string]): string[] => {
    if (files.some((path) => path.includes(sign)) === (part === own)) return [];
    return [part === own ? `lacks ${sign}` : `holds ${sign}, which belongs in another image`];
  };

/**
 * The rules an image breaks, as sentences; empty when it is fit to ship. `own`: what this image is
 * for.
 */
export function imageFailures(image: BuiltImage, own: Part): string[] {
  const secrets = image.files.filter((path) => secretFile.test(path) && !path.startsWith('usr/'));
  return [
    ...(/^(?:|0|root)(?::|$)/.test(image.user) ? ['runs as root: it needs a USER'] : []),
    ...(image.healthcheck ? [] : ['has no HEALTHCHECK']),
    ...(secrets.length > 0 ? [`holds ${secrets.join(', ')}`] : []),
    ...image.env
      .filter((line) => secretVariable.test(line))
      .map((line) => `sets ${line.split('=')[0]} in its environment`),
    ...Object.entries(PARTS).flatMap(misplaced(image, own)),
  ];
}
