/**
 * The engine's library writes down the stack of every promise that a cycle makes, for its page of stack traces: down to the root, with the places in our
 * sources, that is a fifth of a worker's time. Where a cycle waits its current details tell; two calls tell where an error arose. Loaded before the
 * workflows, since afterwards the setting is frozen.
 */
const CALLS_TOLD = 2;

Error.stackTraceLimit = CALLS_TOLD;
