import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one by one: Node's own recursive way tries for ever where
 * nothing can be made (under /proc).
 * @throws the system's error when one cannot be made or a file is in the way
 */
export function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in between.
    if (!(existsSync(path) && statSync(path).isDirectory())) throw error;
  }
}
