export { apps, type App } from './apps.ts';
export { loadEnv, type Env } from './load.ts';
export { ROOT } from './root.ts';
export { ensureSecrets, type Secrets } from './secrets.ts';
export { generatedSecrets, secretNames, variables, type VariableName } from './variables.ts';
