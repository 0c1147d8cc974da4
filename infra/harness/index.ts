export {
  type ApiOptions,
  type RunningApi,
  type RunningStorefront,
  startApi,
  startShop,
  startStorefront,
} from './running-shop.ts';
export {
  CATEGORY,
  PAGE,
  PRODUCT,
  SETTINGS,
  type ShopUnderTest,
  startShopUnderTest,
} from './shop-under-test.ts';
export { CommandFailed, startStrapiChannel, type StrapiChannel } from './strapi-channel.ts';
export { createSeededDatabase, ensureTemplate, setUpShop, shopEnv, testAdmin } from './template.ts';
export { createDatabase, onServer, type TestDatabase } from './test-database.ts';
export { untilAnswers } from '@comptoir/process';
export { freePort } from '@comptoir/supervisor';
