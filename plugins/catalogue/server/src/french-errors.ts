import type { Core } from '@strapi/strapi';
import { z } from 'zod';

/** Messages of Strapi's server to staff at login, which the admin shows untranslated. */
const FRENCH: ReadonlyMap<string, string> = new Map([
  ['Invalid credentials', 'L’adresse e-mail ou le mot de passe n’est pas le bon.'],
  ['User not active', 'Ce compte est désactivé : demandez au gérant de le réactiver.'],
  [
    'Too many requests, please try again later.',
    'Trop d’essais : attendez quelques minutes, puis réessayez.',
  ],
  [
    'Invalid registrationToken',
    'Cette invitation n’est plus valable : demandez-en une nouvelle au gérant.',
  ],
  ['This reset password token has expired', 'Ce lien a expiré : demandez-en un nouveau.'],
]);
const refusedSchema = z.object({ error: z.object({ message: z.string() }).loose() }).loose();

/** The answer with its message in French; any other answer as it is. */
export function frenchRefusal(body: unknown): unknown {
  const refused = refusedSchema.safeParse(body);
  const message = refused.success ? FRENCH.get(refused.data.error.message) : undefined;
  return refused.success && message
    ? { ...refused.data, error: { ...refused.data.error, message } }
    : body;
}

/**
 * Translates refusals of the admin's own routes. Call in the plugin's `register()`: it then stands
 * outside Strapi's error handler.
 */
export function translateRefusals(strapi: Core.Strapi): void {
  strapi.server.use(async (ctx, next) => {
    await next();
    if (ctx.status >= 400 && ctx.path.startsWith('/admin/')) {
      const { status } = ctx;
      ctx.body = frenchRefusal(ctx.body);
      ctx.status = status;
    }
  });
}
