/** What people read in the terminal: one line per step, and the time of the long ones. */
export const say = (text: string): void => { process.stdout.write(`${text}\n`); };
export const complain = (text: string): void => { process.stderr.write(`\n✗ ${text}\n`); };

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Says that a step begins, that it still goes on (every 10 s), and how long it took. */
export const step = async <T>(title: string, job: () => Promise<T>): Promise<T> => {
  const began = Date.now();
  say(`• ${title} …`);
  const timer = setInterval(() => say(`  … still: ${title}, ${seconds(began)}`), 10_000);
  try {
    const result = await job();
    say(`  done in ${seconds(began)}`);
    return result;
  } finally { clearInterval(timer); }
};

/** Two columns, as wide as they must be. */
export const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};
