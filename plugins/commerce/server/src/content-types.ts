/** Flat types written by SQL only; constraints and triggers are in `schema.ts`. */
const ledger = (singularName: string, pluralName: string, displayName: string, attributes: Record<string, unknown>) => ({
  schema: {
    kind: 'collectionType', collectionName: pluralName.replaceAll('-', '_'),
    info: { singularName, pluralName, displayName }, options: { draftAndPublish: false },
    pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
    attributes,
  },
});
/** A fresh object each time: Strapi writes column names into it. */
const whole = () => ({ type: 'integer', required: true });

export const contentTypes = {
  'stock-level': ledger('stock-level', 'stock-levels', 'Stock', { sku: { type: 'string', required: true }, on_hand: whole(), reserved: whole(), low_threshold: whole() }),
  'stock-movement': ledger('stock-movement', 'stock-movements', 'Mouvements de stock', {
    sku: { type: 'string', required: true }, delta: whole(), reason: { type: 'string', required: true },
    order_number: { type: 'string' }, actor: { type: 'string', required: true },
  }),
};
export const LEDGERS: readonly string[] = ['plugin::commerce.stock-level', 'plugin::commerce.stock-movement'];
