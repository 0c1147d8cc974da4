import { counted } from '../ui/french-format.ts';

/**
 * One SKU as `GET /commerce/stock` answers it. Quantities in pieces; `state` counts what is
 * reserved.
 */
export interface StockLevel {
  sku: string;
  reference: string | null;
  product: string | null;
  label: string | null;
  onHand: number;
  reserved: number;
  lowThreshold: number;
  /** Pieces of paid orders: no longer in stock, but still in the workshop until they are sent. */
  toSend: number;
  state: 'in' | 'low' | 'out';
}

/** A SKU as staff call it. */
export const nameOf = ({
  sku,
  product,
  label,
}: Pick<StockLevel, 'sku' | 'product' | 'label'>): string =>
  [product ?? sku, label].filter(Boolean).join(' — ');

/** Words and badge colours of a state. */
export const STATES = {
  in: { text: 'En stock', tone: 'success' },
  low: { text: 'Bientôt épuisé', tone: 'warning' },
  out: { text: 'Épuisé', tone: 'danger' },
} as const;

/** Reasons a count changes, as they are kept with the movement. */
const REASONS = ['Arrivage', 'Casse', 'Retour client', 'Prêt ou cadeau', 'Correction'] as const;

/** Reasons that fit a change: an arrival cannot take pieces away. */
export const reasonsFor = (delta: number | null): readonly string[] =>
  REASONS.filter((reason) => delta === null || delta > 0 || reason !== 'Arrivage');
/** What a change is for: as chosen, else an arrival; pieces that leave have no usual reason. */
export function reasonOf(chosen: string | null, delta: number | null): string {
  if (chosen !== null && reasonsFor(delta).includes(chosen)) return chosen;
  return delta !== null && delta > 0 ? 'Arrivage' : '';
}

/** Pieces that can still be sold. */
export const available = ({ onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>): number =>
  onHand - reserved;

/**
 * Why this change cannot be made, in French; null when it can. `delta` is null while it is not a
 * whole number.
 */
export function refusal(
  { onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>,
  delta: number | null,
): string | null {
  if (delta === null || !Number.isSafeInteger(delta))
    return 'Un nombre entier, par exemple 5 ou -2.';
  if (delta === 0) return 'Zéro ne change rien.';
  if (onHand + delta < reserved)
    return reserved > 0
      ? `Il en resterait ${onHand + delta}, or ${reserved} sont réservés par des commandes.`
      : 'Le stock ne peut pas passer sous zéro.';
  return null;
}

type Counted = Pick<StockLevel, 'onHand' | 'reserved' | 'toSend'>;
/** The stock that follows from a count of every piece in the workshop. */
export const afterCount = ({ toSend }: Pick<StockLevel, 'toSend'>, counted: number): number =>
  counted - toSend;
/**
 * Why a count cannot be right, in French; null when it can. `counted` is null while it is not a
 * whole number.
 */
export function countRefusal({ reserved, toSend }: Counted, counted: number | null): string | null {
  if (counted === null) return 'Un nombre entier de pièces, zéro ou plus.';
  const owed = reserved + toSend;
  return counted < owed
    ? `Des commandes en attendent ${owed} (${toSend} à envoyer, ${reserved} réservées) : recomptez, ou annulez d’abord une commande.`
    : null;
}

/** What a change makes of the stock, before it is made. */
export const resultText = (
  { onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>,
  after: number,
): string =>
  `En stock\u00a0: ${onHand} → ${after}, disponible\u00a0: ${onHand - reserved} → ${after - reserved}`;

/** Whether a line matches what staff typed in the search box. */
export function matches({ sku, product, label, reference }: StockLevel, search: string): boolean {
  const plain = (text: string): string =>
    text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain([sku, reference, product, label].filter(Boolean).join(' ')).includes(
    plain(search.trim()),
  );
}

/** Whether a level needs staff's eye. Scarcest first when several do. */
export const isLow = ({ state }: Pick<StockLevel, 'state'>): boolean => state !== 'in';
export const scarcestFirst = (a: StockLevel, b: StockLevel): number =>
  available(a) - available(b) || a.sku.localeCompare(b.sku);

/** A typed threshold in pieces; null while it is none. */
export const parseThreshold = (text: string): number | null =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) <= 10_000 ? Number(text) : null;

const signed = (pieces: number): string => (pieces > 0 ? `+${pieces}` : `−${-pieces}`);
/**
 * How a movement changed the stock, or else the reservations: `−1`, `2 réservées`, `1 libérée`. A
 * sale also ends its reservation; only the sale is shown.
 */
export function changeText({
  delta,
  reservedDelta,
}: {
  delta: number;
  reservedDelta: number;
}): string {
  if (delta !== 0) return signed(delta);
  return reservedDelta < 0
    ? counted(-reservedDelta, 'libérée')
    : counted(reservedDelta, 'réservée');
}
