import { complain } from '../supervisor/say.ts';
import { INTERRUPTED, stopInOrder } from '../supervisor/shop/stop.ts';
import { seedOf } from './chance.ts';
import { type Parts, startParts } from './parts.ts';
import { randomRun } from './random-run.ts';
import { createStaff, type Staff } from './staff.ts';

/**
 * `npm run bench -- soak [purchases | <minutes>m]`: random purchases with faults, round after
 * round; ends with code 1 at the first round that breaks an invariant.
 */
const DEFAULT = '1000';
const ROUND = 200;
const DISASTERS = 8;
interface Goal {
  purchases: number;
  until: number;
}

function goalOf(text: string): Goal {
  const [, number, minutes] = /^([1-9]\d{0,5})(m?)$/.exec(text) ?? [];
  if (number === undefined)
    throw new Error(
      `"${text}" is no length for the soak: give a number of purchases (1000) or of minutes (10m).`,
    );
  return minutes === 'm'
    ? { purchases: Number.POSITIVE_INFINITY, until: Date.now() + Number(number) * 60_000 }
    : { purchases: Number(number), until: Number.POSITIVE_INFINITY };
}

/** Rounds until the goal is reached or something is broken. @returns what is broken */
async function soak(parts: Parts, staff: Staff, goal: Goal, first: number): Promise<string[]> {
  let done = 0;
  for (let seed = first; done < goal.purchases && Date.now() < goal.until; seed += 1) {
    const began = performance.now();
    const count = Math.min(ROUND, goal.purchases - done);
    const { broken, ...figures } = await randomRun(parts, staff, {
      seed,
      count,
      disasters: Math.ceil((DISASTERS * count) / ROUND),
      say: (line) => console.log(`  ${line}`),
    });
    done += count;
    console.log(
      `Seed ${seed}: ${((performance.now() - began) / 1000).toFixed(0)} s, ${JSON.stringify(figures)}`,
    );
    if (broken.length > 0) return broken.map((line) => `${line} (seed ${seed})`);
  }
  console.log(`${done} purchases: money, mails and stock agree.`);
  return [];
}

async function main(): Promise<number> {
  const goal = goalOf(process.argv[2] ?? DEFAULT);
  const first = seedOf(process.env['COMPTOIR_SEED']);
  console.log(`Seed ${first} (again with COMPTOIR_SEED=${first}). Starting the shop…`);
  const stopper = stopInOrder(INTERRUPTED);
  try {
    const parts = await startParts();
    stopper.add(parts.stop);
    const broken = await soak(parts, createStaff(parts), goal, first);
    for (const line of broken) complain(line);
    return broken.length === 0 ? 0 : 1;
  } finally {
    await stopper.all();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
