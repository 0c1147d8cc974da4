import type { Block } from './page-blocks.ts';

/**
 * A mail's content, before it is HTML or plain text: both are made of the same parts, so they say
 * the same.
 */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'lines'; lines: readonly { title: string; detail: string; amount: string }[] }
  | { kind: 'sums'; rows: readonly { label: string; amount: string; strong?: boolean }[] }
  | { kind: 'card'; title: string; rows: readonly string[] }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'note'; text: string }
  | { kind: 'page'; title: string; blocks: readonly Block[] };

export interface Letter {
  subject: string;
  /** What a mail program shows beside the subject. */ preheader: string;
  title: string;
  parts: readonly Part[];
}
