import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

interface Process {
  parent: number;
  ms: number;
}

/** What the system tells of a process; null when it has gone, or on a system without /proc. */
function read(pid: number): Process | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // A name may hold spaces and brackets: the numbers begin after the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return null;
  }
}

/**
 * Milliseconds of CPU that a process and its children have used so far; NaN where the system does
 * not tell.
 */
export function cpuOfTree(root: number): number {
  const first = read(root);
  if (first === null) return Number.NaN;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), process: read(Number(name)) }));
  const sum = (pid: number, own: number): number =>
    all.reduce(
      (ms, { pid: child, process }) => (process?.parent === pid ? ms + sum(child, process.ms) : ms),
      own,
    );
  return sum(root, first.ms);
}
