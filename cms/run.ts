// Only a dynamic import here: the folder's package is CommonJS (Strapi compiles to it), the
// commands are modules.
void import('./commands/run-command.ts').then(({ start }) => start(process.argv.slice(2)));
