import { createHash } from 'node:crypto';

/** Shows the print button, which needs JavaScript; the sentence beside it works without. */
export const PRINT_SCRIPT = `(()=>{const b=document.querySelector('[data-print]');b.hidden=false;b.addEventListener('click',()=>print())})()`;

/** What the content security policy must allow. */
export const PRINT_SCRIPT_HASH =
  `sha256-${createHash('sha256').update(PRINT_SCRIPT).digest('base64')}` as const;
