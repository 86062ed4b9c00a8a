import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errorCode, StartProblem } from './start-problem';

/**
 * Below the ports that Linux (from 32768), macOS and Windows (from 49152) lend to outgoing connections: a connection of anybody could take one of those
 * between the look and the use, or while a server that died is started again on its port.
 */
const FIRST = 20_000;
const LAST = 29_999;
const TRIES = 100;

/** Listens on the port of 127.0.0.1 for a moment and answers it. */
async function tryPort(port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

/** A port of 127.0.0.1 that nobody listens on right now, and that no outgoing connection is given. */
export async function freePort(): Promise<number> {
  let refused: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await tryPort(randomInt(FIRST, LAST + 1));
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}

/** The wanted port if one is wanted and nobody listens there, else any free one. */
export async function portNear(wanted: number | undefined): Promise<number> {
  return wanted === undefined ? await freePort() : await tryPort(wanted).catch(async () => await freePort());
}

/**
 * Makes sure that the wanted port is free.
 * @param setting the variable that chooses the port, named in the message
 * @throws StartProblem when another program listens there or this account may not
 */
export async function requirePort(port: number, service: string, setting: string): Promise<number> {
  try {
    return await tryPort(port);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new StartProblem(
      {
        vi: `Cổng ${port} dành cho ${service} đang được chương trình khác sử dụng hoặc không được phép mở. Hãy dừng chương trình đó hoặc đặt ${setting} thành cổng khác.`,
        en: `Port ${port} for ${service} is taken by another program or may not be opened. Stop that program or set ${setting} to another port.`,
      },
      { cause: error },
    );
  }
}
