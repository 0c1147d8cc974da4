export { freePort, untilAnswers } from '@comptoir/supervisor';
export { createDatabase, onServer, type TestDatabase } from './database.ts';
export { startApi, startShop, startStorefront, type ApiOptions, type RunningApi, type RunningStorefront } from './shop.ts';
export { createSeededDatabase, ensureTemplate, setUpShop, shopEnv, testAdmin } from './template.ts';
export { CommandFailed, startStrapiChannel, type StrapiChannel } from './strapi-channel.ts';
export { CATEGORY, PAGE, PRODUCT, SETTINGS, startShopUnderTest, type ShopUnderTest } from './shop-under-test.ts';
