/**
 * The second channel: a signed HTTP request per digest, for gateways of a province's own (Zalo, SMS). The receiver checks
 * `OCOP-Signature: v1=<hex>`, the HMAC-SHA256 of `<timestamp>.<body>` under the shared secret, and refuses a timestamp (`OCOP-Timestamp`, seconds
 * since the epoch) older than five minutes. `OCOP-Delivery` names the delivery: a repeated one carries the same.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface WebhookSettings {
  url: string;
  secret: string;
}

export interface Webhook {
  /**
   * Sends a delivery once.
   * @param at instant that is signed, milliseconds
   * @throws Error when the receiver does not answer with 2xx
   */
  send: (delivery: { id: string; body: object; at: number }) => Promise<void>;
}

export const REPLAY_WINDOW_SECONDS = 300;
const PATIENCE_MS = 10_000;

/** `v1=<hex>` over `<timestamp>.<body>`. */
export function webhookSignature(secret: string, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** What a receiver must check; here for receivers in this language and for the tests. `now` in seconds. */
export function isGenuine(secret: string, received: { timestamp: string; signature: string; body: string }, now: number): boolean {
  const timestamp = Number(received.timestamp);
  if (!Number.isInteger(timestamp) || Math.abs(now - timestamp) > REPLAY_WINDOW_SECONDS) return false;
  const expected = Buffer.from(webhookSignature(secret, timestamp, received.body));
  const given = Buffer.from(received.signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A sender to one receiver. */
export function openWebhook({ url, secret }: WebhookSettings): Webhook {
  return {
    send: async ({ id, body, at }) => {
      const text = JSON.stringify(body);
      const timestamp = Math.floor(at / 1000);
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'OCOP-Delivery': id,
          'OCOP-Timestamp': String(timestamp),
          'OCOP-Signature': webhookSignature(secret, timestamp, text),
        },
        body: text,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    },
  };
}
