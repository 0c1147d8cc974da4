/** The read side of the catalogue: what the door serves shoppers from. No Strapi here. */
export { type Catalogue, type CatalogueState, createCatalogue } from './catalogue.ts';
export { type Dump, type DumpResult, readDump, writeDump, writeWhole } from './dump.ts';
export { createFollower, type Follower, type FollowerEvents } from './follower.ts';
export { findProduct, listProducts } from './list.ts';
export {
  applyRows,
  deltaAfter,
  emptyMemory,
  entryId,
  entryJson,
  type Memory,
  memoryOf,
  type MemoryRow,
  visibleEntries,
} from './memory.ts';
export { parseRows, type SkippedRow } from './parse-rows.ts';
export {
  type ListQuery,
  parseDetailQuery,
  parseFollowQuery,
  parseListQuery,
  parseProductId,
} from './query.ts';
export { backoff, backoffDelay } from './retry-delay.ts';
