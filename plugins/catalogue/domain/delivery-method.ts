import { STANDARD_DELIVERY } from '@comptoir/contracts';

import { slugOf } from './slug.ts';

/**
 * What carts and orders call a way of sending, from its French name; one without a name is the
 * standard one.
 */
export const methodOf = (nameFr: string): string => slugOf(nameFr) || STANDARD_DELIVERY;
