/** Reasons and authors that programs write in the ledger, in the words of staff. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['import', 'Import du catalogue'],
  ['seed', 'Mise en place de la boutique'],
  ['buyer', 'Client'],
  ['stripe', 'Stripe'],
  ['shop', 'Boutique'],
]);

/** A movement's reason or author as staff read it; what people wrote stays. */
export const ledgerWord = (stored: string): string => WORDS.get(stored) ?? stored;
