import type { Level } from '../domain/movement.ts';
import type { OrderMailMessage, Prices } from '../domain/order-ports.ts';

/**
 * What the shop is told when a piece becomes rare, once a day and piece; null while nothing was
 * taken. Call when its state for shoppers changed.
 */
export async function lowStockMail(
  prices: Prices,
  level: Level,
  before: Level,
  { now, url }: { now: Date; url: string },
): Promise<OrderMailMessage | null> {
  const available = level.onHand - level.reserved;
  if (available >= before.onHand - before.reserved) return null;
  const { email } = await prices.settings('fr');
  const [line] = await prices.lines([{ sku: level.sku, quantity: 1 }], 'fr');
  if (email === '') return null;
  const piece = {
    sku: level.sku,
    name: line?.name || level.sku,
    label: line?.label ?? '',
    available,
    threshold: level.lowThreshold,
  };
  return {
    kind: 'merchant-low-stock',
    key: `merchant-low-stock-${level.sku}-${now.toISOString().slice(0, 10)}`,
    to: email,
    locale: 'fr',
    data: { pieces: [piece], url },
  };
}
