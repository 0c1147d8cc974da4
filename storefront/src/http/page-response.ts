/**
 * A cookie to set; `maxAge` in seconds, 0 removes it. The server adds Path, SameSite and Secure.
 */
export interface SetCookie {
  name: string;
  value: string;
  maxAge: number;
  /** True when scripts of the page may read it. */
  readable?: boolean;
}

/** Leads the browser to another address (303). */
export interface RedirectResponse {
  kind: 'redirect';
  to: string;
  cookies: SetCookie[];
}

/** A page to render with these props. */
export interface RenderResponse<Props> {
  kind: 'page';
  props: Props;
  status: number;
  cookies: SetCookie[];
  /** Seconds after which the shopper may try again. */
  retryAfter?: number | undefined;
  /** The browser goes to `to` by itself after so many seconds. */
  refresh?: { seconds: number; to: string } | undefined;
}

/** What a personal page answers; each feature says which props its page takes. */
export type PageResponse<Props> = RedirectResponse | RenderResponse<Props>;
