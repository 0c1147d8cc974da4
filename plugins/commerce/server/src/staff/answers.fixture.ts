import { z } from 'zod';

/** What the staff routes answer, as far as their tests look at it. */
const timelineSchema = z.looseObject({ kind: z.string(), text: z.string(), at: z.iso.datetime() });
export const orderSchema = z.object({
  data: z.looseObject({
    number: z.string(),
    status: z.string(),
    actions: z.array(z.string()),
    refunded: z.int(),
    refundable: z.int(),
    shippingRefunded: z.boolean(),
    shopperUrl: z.string(),
    lines: z.array(
      z.looseObject({
        sku: z.string(),
        quantity: z.int(),
        total: z.int(),
        refundedQuantity: z.int(),
        restocked: z.int(),
      }),
    ),
    timeline: z.array(timelineSchema),
    refunds: z.array(z.looseObject({ amount: z.int(), status: z.string(), reason: z.string() })),
    tracking: z.unknown(),
  }),
});
export const listSchema = z.object({
  data: z.array(
    z.looseObject({
      number: z.string(),
      status: z.string(),
      pieces: z.int(),
      testMode: z.boolean(),
    }),
  ),
  meta: z.object({
    page: z.int(),
    pageSize: z.int(),
    total: z.int(),
    counts: z.record(z.string(), z.int()),
  }),
});
export const refusalSchema = z.object({
  error: z.object({ message: z.string(), details: z.looseObject({}) }),
});
