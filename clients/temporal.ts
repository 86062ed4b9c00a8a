import { readFile } from 'node:fs/promises';
import { Client, Connection, type TLSConfig } from '@temporalio/client';
import type { TemporalSettings } from './environment';
import { dataConverter } from './payload-compression';

/** What a connection needs, whichever side makes it. */
export interface TemporalAddress {
  address: string;
  tls: TLSConfig | false;
  apiKey?: string;
}

/** Reads the certificate files that the settings name. */
export async function temporalAddress(settings: TemporalSettings): Promise<TemporalAddress> {
  if (!settings.address) throw new Error('TEMPORAL_ADDRESS is not set and no embedded service was started');
  const { address, apiKey } = settings;
  return { address, tls: settings.tls ? await readTls(settings.tls) : false, ...(apiKey ? { apiKey } : {}) };
}

async function readTls({ serverName, authority, certificate, key }: NonNullable<TemporalSettings['tls']>): Promise<TLSConfig> {
  return {
    ...(serverName ? { serverNameOverride: serverName } : {}),
    ...(authority ? { serverRootCACertificate: await readFile(authority) } : {}),
    ...(certificate && key ? { clientCertPair: { crt: await readFile(certificate), key: await readFile(key) } } : {}),
  };
}

/** A client of the service; close it with `client.connection.close()`. */
export async function connectTemporal(settings: TemporalSettings): Promise<Client> {
  const connection = await Connection.connect(await temporalAddress(settings));
  return new Client({ connection, namespace: settings.namespace, dataConverter });
}
