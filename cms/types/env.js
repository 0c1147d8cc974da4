// What `paths` in tsconfig.json leads to when the admin build honours it at run time: the real package.
module.exports = require('../../infra/env/index.ts');
