/**
 * Atelier Huit's mark: an 8 of two rings, heavy at the sides and thin where they meet, like an
 * old-style figure. Reads on paper and on ink.
 */
const EIGHT =
  'M50 6c14 0 24 9 24 21 0 10-6 17-14 20 11 4 19 12 19 24 0 14-12 23-29 23S21 85 21 71c0-12 8-20 19-24-8-3-14-10-14-20C26 15 36 6 50 6Zm0 4c-8 0-13 7-13 17s5 18 13 18 13-8 13-18-5-17-13-17Zm0 39c-10 0-16 9-16 21s6 20 16 20 16-8 16-20-6-21-16-21Z';
const dataUri = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** Square mark: paper on brick. Menu and browser tab. */
export const mark = dataUri(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="12" fill="#93452c"/><path transform="translate(14 14) scale(.72)" fill="#f5f0e6" fill-rule="evenodd" d="${EIGHT}"/></svg>`,
);

/** Mark and name, for the login page; the brick is legible on both themes. */
export const wordmark = dataUri(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 150"><path transform="translate(128 0) scale(.84)" fill="#a8543a" fill-rule="evenodd" d="${EIGHT}"/><text x="170" y="132" text-anchor="middle" font-family="Fraunces, 'Iowan Old Style', Georgia, 'DejaVu Serif', serif" font-size="38" letter-spacing="1" fill="#a8543a">Atelier Huit</text></svg>`,
);

/** Open ring in brick, turned by Strapi's loader. */
export const spinner = dataUri(
  '<svg xmlns="http://www.w3.org/2000/svg" width="63" height="63" viewBox="0 0 63 63"><circle cx="31.5" cy="31.5" r="22" fill="none" stroke="#a8543a" stroke-width="5" stroke-linecap="round" stroke-dasharray="100 39"/></svg>',
);
