import pg from 'pg';

import { eventually, type Patience } from './eventually.ts';

/**
 * Whether an error says that the database is away (shutting down, starting, connection lost), and
 * nothing about the statement.
 */
function isAbsence(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(57|08)/.test(error.code ?? '');
  return (
    error instanceof Error &&
    /terminated|ECONN|EPIPE|timeout|not queryable|was closed/i.test(error.message)
  );
}

/** Does something with the database, again while that is away. @throws any other error at once */
export const whilePostgresIsAway = <T extends object>(
  what: string,
  run: () => Promise<T>,
  patience?: Patience,
): Promise<T> =>
  eventually<T | null>(
    what,
    () =>
      run().catch((error: unknown) => {
        if (!isAbsence(error)) throw error;
        return null;
      }),
    patience,
  ) as Promise<T>;
