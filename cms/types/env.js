// What `paths` in tsconfig.json leads to when the admin build honours it at run time: the real
// package.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- CommonJS by nature: Strapi's admin build requires it.
module.exports = require('../../infra/env/index.ts');
