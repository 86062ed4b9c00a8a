import { NativeConnection } from '@temporalio/worker';
import type { TemporalSettings } from './environment';
import { temporalAddress } from './temporal';

/** The worker's connection, apart from the client's so that the API does not load the worker's native code. Close it after the worker. */
export async function connectTemporalWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return await NativeConnection.connect(await temporalAddress(settings));
}
