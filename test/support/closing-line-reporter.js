/** Ends the run with one plain line that any CI can read. */
class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const suites = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${results.numFailedTests + suites} failed`;
    process.stdout.write(`\n${line}${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}

module.exports = ClosingLineReporter;
