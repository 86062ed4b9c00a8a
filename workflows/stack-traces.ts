/**
 * The engine's library writes down the stack of every promise that a cycle makes, for its page of waiting calls; down to the root that is a sixth of a
 * worker's time. A few calls tell as well where a cycle waits or failed. Loaded before the workflows, since afterwards the setting is frozen.
 */
const CALLS_TOLD = 4;

Error.stackTraceLimit = CALLS_TOLD;
