/**
 * Stripe's hosted payment page. A shop whose payment page has a domain of its own sends shoppers to
 * the order's page, which links there.
 */
const HOSTED = 'https://checkout.stripe.com';

/**
 * Where the order form may lead, as policy sources. A demo pays at a simulator whose address only
 * the API knows.
 */
export const paymentSources = (mode: 'demo' | 'live'): readonly string[] =>
  mode === 'live' ? [HOSTED] : ['http:', 'https:'];

/** True when the policy lets a form be redirected to this address. */
export const mayPayAt =
  (sources: readonly string[]) =>
  (url: string): boolean =>
    URL.canParse(url) &&
    [new URL(url).origin, new URL(url).protocol].some((source) => sources.includes(source));
