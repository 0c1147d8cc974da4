export { createDatabase, onServer, type TestDatabase } from './database.ts';
export {
  type ApiOptions,
  type RunningApi,
  type RunningStorefront,
  startApi,
  startShop,
  startStorefront,
} from './shop.ts';
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
export { freePort, untilAnswers } from '@comptoir/supervisor';
