/**
 * What the pages that belong to one shopper know of a request. Pages that are the same for all
 * shoppers see none of it.
 */
export interface PageRequest {
  method: 'GET' | 'POST';
  cookies: ReadonlyMap<string, string>;
  query: URLSearchParams;
  /** Empty for GET. */
  form: URLSearchParams;
  /** The shopper's address, which the API counts its limits by. */
  clientAddress: string;
}
