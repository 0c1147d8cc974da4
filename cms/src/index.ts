import type { Core } from '@strapi/strapi';

/**
 * Strapi silently skips a plugin that it cannot resolve, but a shop must not start without its
 * rules.
 */
const REQUIRED_PLUGINS = ['catalogue', 'commerce', 'mailer', 'stripe', 'upload', 'i18n'];

export default {
  register({ strapi }: { strapi: Core.Strapi }): void {
    const missing = REQUIRED_PLUGINS.filter((name) => !(name in strapi.plugins));
    if (missing.length > 0) {
      throw new Error(
        `Plugins not loaded: ${missing.join(', ')}. Build them first (npm start does), then start again.`,
      );
    }
  },
  /** Staff's roles and labels build on Strapi's own, which exist only now. */
  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    const staff: { prepare(): Promise<void> } = strapi.plugin('catalogue').service('staff');
    await staff.prepare();
    // Only the door connects, and it keeps its connections: one that Strapi closed while a request
    // was on its way would be a 503.
    strapi.server.httpServer.keepAliveTimeout = 0;
  },
};
