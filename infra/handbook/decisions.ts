import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

export const DECISIONS = 'infra/decisions';

/** What the head of a decision's page says. */
export interface Decision {
  file: string;
  number: string;
  title: string;
  /** The day it was taken, `2026-11-25`. */
  date: string;
  /** `accepted`, `superseded by 0021`, … */
  status: string;
}

const HEAD = /^# (\d{4}) — (.+)\n\n_(\d{4}-\d{2}-\d{2}) · (accepted|superseded by \d{4})_\n/;

/**
 * Reads the head of one decision.
 * @throws Error that names the file and the form, when the head has another one
 */
export function readDecision(file: string, text: string): Decision {
  const [, number, title, date, status] = HEAD.exec(text) ?? [];
  if (!number || !title || !date || !status || !file.startsWith(number))
    throw new Error(
      `${DECISIONS}/${file} must begin with "# ${file.slice(0, 4)} — Title", an empty line and "_2026-11-25 · accepted_".`,
    );
  return { file, number, title, date, status };
}

/** Every numbered decision, in order. */
export function allDecisions(): Decision[] {
  return readdirSync(join(ROOT, DECISIONS))
    .filter((file) => /^\d{4}-/.test(file))
    .sort()
    .map((file) => readDecision(file, readFileSync(join(ROOT, DECISIONS, file), 'utf8')));
}

/** The index as a Markdown table. */
export function decisionsTable(decisions: readonly Decision[]): string {
  const row = ({ file, number, title, date, status }: Decision): string =>
    `| [${number}](${file}) | ${title} | ${date} | ${status} |`;
  return ['| number | decision | date | status |', '|---|---|---|---|', ...decisions.map(row)].join(
    '\n',
  );
}
