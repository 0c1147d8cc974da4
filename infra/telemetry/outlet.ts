import { fstatSync, write, writeSync } from 'node:fs';

const STDOUT = 1;
/**
 * Milliseconds between two tries at a reader that is slow, and what it is given at most when the
 * process ends.
 */
const PAUSE_MS = 50;
const LAST_WORDS_MS = 1000;

const isBusy = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'EAGAIN' || error.code === 'EBUSY';
const pause = (): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);

function isFile(): boolean {
  try {
    return fstatSync(STDOUT).isFile();
  } catch {
    return false;
  }
}

/**
 * Standard output, written beside the work of the process and in order. What cannot be written is
 * dropped: a full disk, or a reader that is gone, costs the log and never the shop. (pino's own
 * destination tries for ever at a closed pipe when a process ends.)
 */
export class Outlet {
  private waiting = '';
  private sending: Buffer | null = null;
  /**
   * True for a file: unlike a pipe with a slow reader it never blocks, so it is written at once and
   * its lines stay in order to the very end.
   */
  private readonly atOnce = isFile();

  add(text: string): void {
    this.waiting += text;
    if (this.atOnce) this.end('');
    else if (this.sending === null) this.next();
  }

  /**
   * Writes what waits now, before the process ends; gives up on a reader that takes nothing for a
   * second.
   */
  end(lastWords: string): void {
    const deadline = Date.now() + LAST_WORDS_MS;
    let rest = Buffer.from(this.waiting + lastWords);
    this.waiting = '';
    while (rest.length > 0 && Date.now() < deadline) {
      try {
        rest = rest.subarray(writeSync(STDOUT, rest));
      } catch (error) {
        if (!(error instanceof Error) || !isBusy(error)) return;
        pause();
      }
    }
  }

  private next(): void {
    this.sending = this.waiting === '' ? null : Buffer.from(this.waiting);
    this.waiting = '';
    if (this.sending !== null) this.send(this.sending);
  }

  private send(piece: Buffer): void {
    write(STDOUT, piece, (error, written) => {
      if (error !== null && isBusy(error)) setTimeout(() => this.send(piece), PAUSE_MS);
      else if (error === null && written < piece.length) this.send(piece.subarray(written));
      else this.next();
    });
  }
}
