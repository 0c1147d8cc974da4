import { z } from 'zod';

const line = z.object({
  msg: z.string(),
  code: z.number().nullish(),
  signal: z.string().nullish(),
});

function parse(text: string): z.infer<typeof line> | null {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * What a person should read about Strapi, which lives behind the door: one sentence for its death
 * and one for its return, else null.
 */
export function strapiNews(logLine: string, diedBefore: boolean): string | null {
  const entry = parse(logLine);
  // Code 0 is an orderly end: the shop is stopping.
  if (entry?.msg === 'strapi exited' && entry.code !== 0)
    return `! Strapi ${entry.signal ? `was killed (${entry.signal})` : `ended with code ${entry.code ?? 'unknown'}`}: restarting`;
  return entry?.msg === 'strapi ready' && diedBefore ? '  Strapi runs again' : null;
}

/**
 * Reads the door's log as it comes and tells the terminal. Pieces of output need not end with a
 * line.
 */
export function announceStrapi(say: (text: string) => void): (text: string) => void {
  let rest = '';
  let died = false;
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      const news = strapiNews(each, died);
      if (!news) continue;
      died = news.startsWith('!');
      say(news);
    }
  };
}
