/** Strapi's own notices, kept by the browser once dismissed: the guided tour of developers and the announcement of its media library. */
const ANNOUNCEMENT = 'STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_';
const TOUR = 'STRAPI_GUIDED_TOUR';

/** Marks them as seen for this browser before the first screen is drawn. `uuid` stands for an installation without telemetry. */
export function quietNotices(storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  for (const legacy of ['true', 'false']) for (const uuid of ['undefined', 'false', '', 'null']) storage.setItem(`${ANNOUNCEMENT}${legacy}:${uuid}`, 'true');
  if (storage.getItem(TOUR) === null) storage.setItem(TOUR, JSON.stringify({ tours: {}, enabled: false, hidden: true, completedActions: [] }));
}

/** Links to the vendor's price list, wherever a screen shows one. */
const ADVERTISING = 'a[href*="strapi.io/pricing"], a[href*="strapi.io/cloud"], a[href*="/pricing-self-hosted"] { display: none; }';

/** Hides offers of paid editions that no setting turns off. */
export function hideAdvertising(page: Document): void {
  page.head.appendChild(page.createElement('style')).textContent = ADVERTISING;
}
