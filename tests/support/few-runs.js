/** Properties under mutation: the same few examples for every mutant, so that a mutant's fate does not depend on luck. */
const fc = require('fast-check');

process.env.PROPERTY_RUNS = '8';
fc.configureGlobal({ seed: 26, numRuns: 8 });
