export { type App, apps } from './apps.ts';
export { type Env, loadEnv } from './load-env.ts';
export { ROOT } from './root.ts';
export { ensureSecrets, type Secrets } from './secrets.ts';
export { generatedSecrets, secretNames, type VariableName, variables } from './variables.ts';
