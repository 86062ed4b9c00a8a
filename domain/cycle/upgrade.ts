import { type CycleState, SCHEMA_VERSION } from './state';

/**
 * A state as an earlier version wrote it, brought to the present shape. Version 1 is the first; each later version adds its step here and keeps the
 * earlier ones, since a cycle may sleep through several.
 * @throws RangeError when the state was written by a newer version than this one
 */
export function upgradeState(stored: CycleState): CycleState {
  if (stored.schemaVersion === SCHEMA_VERSION) return stored;
  throw new RangeError(`state of schema version ${String(stored.schemaVersion)}; this version knows up to ${String(SCHEMA_VERSION)}`);
}
