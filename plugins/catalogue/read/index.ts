/** The read side of the catalogue: what the door serves shoppers from. No Strapi here. */
export { type Catalogue, type CatalogueState, createCatalogue } from './catalogue.ts';
export { readDump, writeDump, writeWhole } from './dump.ts';
export { createFollower, type Follower } from './follower.ts';
export { findProduct, listProducts } from './list.ts';
export { deltaAfter, entryJson, type Memory, memoryOf, visibleEntries } from './memory.ts';
export { parseDetailQuery, parseFollowQuery, parseListQuery, parseProductId } from './query.ts';
export { backoff } from './retry-delay.ts';
