/**
 * Runs Strapi as the door's child. Its only addition: when the door is gone, even killed, the IPC channel closes and this process
 * ends too, so that no Strapi is ever left behind without its door.
 */
import { createRequire } from 'node:module';

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  // Strapi's own shutdown may hang on a dead database.
  setTimeout(() => process.exit(1), 5000).unref();
});

const require = createRequire(`${process.cwd()}/package.json`);
process.argv = [process.argv[0], 'strapi', ...process.argv.slice(2)];
require('@strapi/strapi/bin/strapi.js');
