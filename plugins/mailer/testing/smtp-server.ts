import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A mail as it came over the wire. */
export interface Received { to: string; raw: string; messageId: string }
/** What the server answers when asked to take a mail: null = take it, or a line such as `550 no such user`. */
export interface Manners { recipient?(address: string): string | null; data?(mail: Received): string | null | Promise<string | null> }

/** A header's value; a long one is folded over several lines. */
const header = (raw: string, name: string): string => new RegExp(`^${name}:(.*)$`, 'im').exec(raw.replace(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';

/** One conversation, line by line; enough SMTP for a client that behaves. */
function converse(socket: Socket, manners: () => Manners, keep: (mail: Received) => void): void {
  let [buffer, to, inData] = ['', '', false];
  const say = (line: string): void => { if (!socket.destroyed) socket.write(`${line}\r\n`); };
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say('250 fake');
    else if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      say(manners().recipient?.(to) ?? '250 ok');
    } else if (verb === 'DATA') { inData = true; say('354 go on'); } else if (verb === 'QUIT') { say('221 bye'); socket.end(); } else say('250 ok');
  };
  const body = async (raw: string): Promise<void> => {
    const mail = { to, raw, messageId: header(raw, 'Message-ID') };
    const refusal = (await manners().data?.(mail)) ?? null;
    if (refusal === null) keep(mail);
    say(refusal ?? '250 taken');
  };
  say('220 fake');
  socket.on('error', () => undefined).setEncoding('utf8').on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = inData ? '\r\n.\r\n' : '\r\n';
      const at = buffer.indexOf(end);
      if (at < 0) return;
      const text = buffer.slice(0, at);
      buffer = buffer.slice(at + end.length);
      if (inData) { inData = false; void body(text); } else command(text);
    }
  });
}

/** A mail server for tests on a port of its own that can be stopped and started again. */
export function smtpServer(port: number) {
  const received: Received[] = [];
  let manners: Manners = {};
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    behave(next: Manners): void { manners = next; },
    async start(): Promise<void> {
      server = createServer((socket) => {
        sockets.add(socket.on('close', () => sockets.delete(socket)));
        converse(socket, () => manners, (mail) => received.push(mail));
      }).listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async stop(): Promise<void> {
      const closing = server;
      server = null;
      if (closing === null) return;
      for (const socket of sockets) socket.destroy();
      closing.close();
      await once(closing, 'close');
    },
  };
}
