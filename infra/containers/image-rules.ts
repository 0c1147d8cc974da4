/** What was found in a built image; `files` are paths without a leading slash, `bytes` their sum. */
export interface BuiltImage { user: string; healthcheck: boolean; env: readonly string[]; files: readonly string[]; bytes: number }

const secretFile = /(?:^|\/)(?:\.env|\.npmrc|secrets\.json|id_rsa|id_ed25519|\.git\/config)$/;
const secretVariable = /(?:SECRET|PASSWORD|TOKEN|_KEY|_KEYS|_SALT)=./;

/** The rules an image breaks, as sentences; empty when it is fit to ship. `strapi`: whether Strapi belongs in it. */
export const imageFailures = (image: BuiltImage, strapi: boolean): string[] => {
  const secrets = image.files.filter((path) => secretFile.test(path) && !path.startsWith('usr/'));
  const hasStrapi = image.files.some((path) => path.includes('node_modules/@strapi/'));
  return [
    ...(/^(?:|0|root)(?::|$)/.test(image.user) ? ['runs as root: it needs a USER'] : []),
    ...(image.healthcheck ? [] : ['has no HEALTHCHECK']),
    ...(secrets.length > 0 ? [`holds ${secrets.join(', ')}`] : []),
    ...image.env.filter((line) => secretVariable.test(line)).map((line) => `sets ${line.split('=')[0]} in its environment`),
    ...(hasStrapi === strapi ? [] : [strapi ? 'lacks @strapi' : 'holds @strapi, which shoppers never need']),
  ];
};
