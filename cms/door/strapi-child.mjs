/**
 * Runs Strapi as the door's child. Its only addition: when the door is gone, even killed, the IPC
 * channel closes and this process ends too, so that no Strapi is ever left behind without its door.
 */
import cluster from 'node:cluster';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { followParent } from '@comptoir/process/follow-parent';

// Strapi's own shutdown may hang on a dead database. 5 s: less than the 8 s after which the next
// door kills a Strapi that it finds.
followParent(5000);

// `develop` keeps waiting when its worker fails (a plugin in the middle of a build, a mistake in
// the code): ended, it is started again.
cluster.on('exit', (_, code) => {
  if (code > 0) process.exit(1);
});

const require = createRequire(`${process.cwd()}/package.json`);
// process.argv[1] stays this file: `develop` forks a worker that runs it again. The package does
// not export its command by path; its folder does not hide it.
require(join(dirname(require.resolve('@strapi/strapi/package.json')), 'bin', 'strapi.js'));
