/** Permission to see stock, and to change it; registered by the plugin's server. */
export const READ_STOCK = { action: 'plugin::commerce.stock.read', subject: null };
export const ADJUST_STOCK = { action: 'plugin::commerce.stock.adjust', subject: null };
