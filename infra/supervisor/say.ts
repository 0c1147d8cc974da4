/** What people read in the terminal: one line per step, and the time of the long ones. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`\n✗ ${text}\n`);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Says that a step begins, that it still goes on (every 10 s), and how long it took. */
export async function step<T>(title: string, job: () => Promise<T>): Promise<T> {
  const began = Date.now();
  say(`• ${title} …`);
  const timer = setInterval(() => say(`  … still: ${title}, ${seconds(began)}`), 10_000);
  try {
    const result = await job();
    say(`  done in ${seconds(began)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** Rows of cells, each column as wide as it must be. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return rows
    .map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
