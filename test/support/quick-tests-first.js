const Sequencer = require('@jest/test-sequencer').default;

/** Unit tests run before the tests under test/synth, which start real command-line tools. */
class QuickTestsFirst extends Sequencer {
  sort(tests) {
    const slow = (test) => (test.path.includes(`${'/test/synth/'}`) ? 1 : 0);
    return [...tests].sort((a, b) => slow(a) - slow(b) || a.path.localeCompare(b.path));
  }
}

module.exports = QuickTestsFirst;
