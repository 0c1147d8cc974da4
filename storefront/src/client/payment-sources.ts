/** Stripe's hosted page; a shop with a domain of its own there goes through the order's page, which links to it. */
const HOSTED = 'https://checkout.stripe.com';

/** Where the order form may lead, as policy sources. A demo pays at a simulator whose address only the API knows. */
export const paymentSources = (mode: 'demo' | 'live'): readonly string[] =>
  mode === 'live' ? [HOSTED] : ['http:', 'https:'];

/** True when the policy lets a form be redirected to this address. */
export const mayPayAt =
  (sources: readonly string[]) =>
  (url: string): boolean =>
    URL.canParse(url) &&
    [new URL(url).origin, new URL(url).protocol].some((source) => sources.includes(source));
