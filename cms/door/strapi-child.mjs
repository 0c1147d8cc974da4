/**
 * Runs Strapi as the door's child. Its only addition: when the door is gone, even killed, the IPC channel closes and this process
 * ends too, so that no Strapi is ever left behind without its door.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  // Strapi's own shutdown may hang on a dead database.
  setTimeout(() => process.exit(1), 5000).unref();
});

const require = createRequire(`${process.cwd()}/package.json`);
process.argv = [process.argv[0], 'strapi', ...process.argv.slice(2)];
// The package does not export its command by path; its folder does not hide it.
require(join(dirname(require.resolve('@strapi/strapi/package.json')), 'bin', 'strapi.js'));
