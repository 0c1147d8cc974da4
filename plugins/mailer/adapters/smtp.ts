import { createTransport } from 'nodemailer';
import { z } from 'zod';

import { type Outcome, outcomeOf } from '../domain/delivery.ts';
import type { Message } from '../domain/message.ts';

/** Hands one message over; never throws. `signal` gives the attempt up. */
export type Deliver = (message: Message, signal: AbortSignal) => Promise<Outcome>;

/** Longest silence of a mail server, in milliseconds, while connecting, greeting and talking. */
const PATIENCE = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
};
const failureSchema = z.object({
  message: z.string(),
  responseCode: z.number().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
});

const failed = (error: unknown): Outcome => {
  const failure = failureSchema.safeParse(
    error instanceof Error ? { ...error, message: error.message } : error,
  );
  return outcomeOf(failure.success ? failure.data : { message: String(error) });
};

/**
 * Delivery by SMTP, one connection a message. The address is `smtp://user:password@host:port` or
 * `smtps://…`.
 */
export function smtpDelivery(url: string, patience: Partial<typeof PATIENCE> = {}): Deliver {
  const transport = createTransport({
    url,
    ...PATIENCE,
    ...patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ messageId, from, replyTo, to, subject, html, text }, signal) => {
    try {
      await transport.sendMail({
        messageId,
        from,
        to: { name: '', address: to },
        subject,
        html,
        text,
        signal,
        ...(replyTo ? { replyTo } : {}),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { kind: 'sent' };
    } catch (error) {
      return failed(error);
    }
  };
}
