/**
 * The last line of a test run, for machines: "N passed, N failed". A file that could not run at all counts as one failure.
 * Written when the process ends, since Jest prints its own summary after the reporters.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once('exit', () => process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed\n`));
  }
};
