import { createServer } from 'node:net';
import { errorCode, StartProblem } from './start-problem';

/** Listens on the port of 127.0.0.1 for a moment (0: any free one) and answers the port that was given. */
async function tryPort(port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port was given'))));
    });
  });
}

/** A port of 127.0.0.1 that nobody listens on right now. */
export async function freePort(): Promise<number> {
  return await tryPort(0);
}

/** The wanted port if nobody listens there, else any free one. */
export async function portNear(wanted: number): Promise<number> {
  return await tryPort(wanted).catch(async () => await freePort());
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
