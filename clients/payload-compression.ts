import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

const compress = promisify(deflate);
const decompress = promisify(inflate);

/** Below this a payload stays as it is, readable in Temporal's own pages: actions, answers and records do, states with their pinned rules do not. */
const WORTH_COMPRESSING_BYTES = 8_000;
/** The encoding's name in Temporal's own examples, which its codec servers understand. */
const ENCODING = 'binary/zlib';
const PayloadMessage = temporal.api.common.v1.Payload;

/** Makes large payloads small: a state with its rules of 18 kB becomes 4 kB, twice in the history of every stage. */
export const payloadCompression: PayloadCodec = {
  encode: async (payloads) => await Promise.all(payloads.map(encode)),
  decode: async (payloads) => await Promise.all(payloads.map(decode)),
};

async function encode(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < WORTH_COMPRESSING_BYTES) return payload;
  return { metadata: { encoding: Buffer.from(ENCODING) }, data: await compress(PayloadMessage.encode(payload).finish()) };
}

async function decode(payload: Payload): Promise<Payload> {
  const encoding = payload.metadata?.encoding;
  if (!encoding || Buffer.from(encoding).toString() !== ENCODING || !payload.data) return payload;
  return PayloadMessage.decode(await decompress(payload.data));
}

/** For every client and every worker; both sides must have it. */
export const dataConverter = { payloadCodecs: [payloadCompression] };
