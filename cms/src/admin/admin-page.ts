/**
 * Strapi's own notices, kept by the browser once dismissed: the guided tour of developers and the
 * announcement of its media library.
 */
const ANNOUNCEMENT = 'STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_';
const TOUR = 'STRAPI_GUIDED_TOUR';

/**
 * Marks them as seen for this browser before the first screen is drawn. `uuid` stands for an
 * installation without telemetry.
 */
export function dismissNotices(storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  for (const legacy of ['true', 'false'])
    for (const uuid of ['undefined', 'false', '', 'null'])
      storage.setItem(`${ANNOUNCEMENT}${legacy}:${uuid}`, 'true');
  if (storage.getItem(TOUR) === null)
    storage.setItem(
      TOUR,
      JSON.stringify({ tours: {}, enabled: false, hidden: true, completedActions: [] }),
    );
}

/** Links to the vendor's price list, wherever a screen shows one. */
const ADVERTISING =
  'a[href*="strapi.io/pricing"], a[href*="strapi.io/cloud"], a[href*="/pricing-self-hosted"] { display: none; }';

const BRAND = / \| Strapi$/;

/** Names the browser's tab after the shop: Strapi ends every title with its own name. */
export function nameTabsAfterShop(page: Document, shop: string): void {
  const rename = (): void => {
    const named = page.title.replace(BRAND, ` | ${shop}`);
    if (named !== page.title) page.title = named;
  };
  new MutationObserver(rename).observe(page.head, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  rename();
}

/**
 * Strapi's loader is a picture in its own blue-violet: the shop's is drawn in its place. `spinner`
 * is a data URI.
 */
const loader = (spinner: string): string =>
  `[role="alert"][aria-live="assertive"] > img[src^="data:image/svg"] { content: url("${spinner}"); }`;

/**
 * Strapi's cards of the home page are higher than what they tell; side by side they share one
 * height, on a phone each has its own, and their tables show what fits.
 */
const CARDS = `[data-strapi-widget-id] main { height: 20rem !important; }
@media (max-width: 520px) { [data-strapi-widget-id] main { height: auto !important; max-height: 27rem; } [data-strapi-widget-id] :is(td, th) { padding-inline: 0.4rem !important; } [data-strapi-widget-id] :is(td, th):nth-child(n + 4) { display: none; } }`;

/**
 * Hides offers of paid editions that no setting turns off, gives the loader the shop's colour and
 * the home page's cards a height that fits.
 */
export function addPageStyles(page: Document, spinner: string): void {
  page.head.appendChild(page.createElement('style')).textContent =
    `${ADVERTISING}\n${loader(spinner)}\n${CARDS}`;
}
