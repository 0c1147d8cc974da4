/** The read side of the catalogue: what the door serves shoppers from. No Strapi here. */
export { entryId, memoryOf, emptyMemory, applyRows, deltaAfter, visibleEntries, entryJson, type Memory, type MemoryRow } from './memory.ts';
export { parseRows, type SkippedRow } from './rows.ts';
export { createCatalogue, type Catalogue, type CatalogueState } from './catalogue.ts';
export { writeDump, readDump, writeWhole, type Dump, type DumpResult } from './dump.ts';
export { parseListQuery, parseDetailQuery, parseFollowQuery, parseProductId, type ListQuery } from './query.ts';
export { listProducts, findProduct } from './list.ts';
export { createFollower, type Follower, type FollowerEvents } from './follower.ts';
export { backoff, backoffDelay } from './backoff.ts';
