import { createHash } from 'node:crypto';

/**
 * Fills the header's count from the cookie that says nothing but a number. Pages are the same for
 * all shoppers and stay cached; without JavaScript the header only links. The script runs again
 * after the back button, when the browser shows a page that it had kept.
 */
export const COUNT_SCRIPT = `(()=>{const show=()=>{const n=/(?:^|; )panier_n=(\\d{1,4})(?:;|$)/.exec(document.cookie)?.[1];for(const e of document.querySelectorAll('[data-count]')){e.textContent=n?' ('+n+')':''}};show();addEventListener('pageshow',show)})()`;

/** What the content security policy must allow. */
export const COUNT_SCRIPT_HASH =
  `sha256-${createHash('sha256').update(COUNT_SCRIPT).digest('base64')}` as const;
