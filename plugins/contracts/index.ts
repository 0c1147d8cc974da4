/**
 * What crosses the wire between the back office, the door and the storefront: zod schemas, types,
 * addresses. Nothing else.
 */
export * from './cart.ts';
export * from './entries.ts';
export * from './failure.ts';
export * from './health.ts';
export * from './identity.ts';
export * from './images.ts';
export * from './money.ts';
export * from './order-status.ts';
export * from './orders.ts';
export * from './paths.ts';
export * from './preview.ts';
export * from './products.ts';
export * from './quote.ts';
export * from './snapshot.ts';
export * from './text.ts';
