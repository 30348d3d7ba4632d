const { sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

const under = (...names) => names.map((name) => `${sep}test${sep}${name.replaceAll('/', sep)}`);

/** Here tests start real tools, or send thousands of requests. */
const SLOW = under('synth/', 'end-to-end/', 'gateway/policy/', 'emulator/csharp/');
/** Begun before the other slow ones: none of them is to be left alone on one worker at the end. A checkout in CI knows no durations. */
const LONGEST = under(
  'synth/terraform-model-gateway.',
  'end-to-end/api-management-router.',
  'synth/reference-app.',
  'synth/retired-everywhere.',
  'synth/terraform-gateway.',
  'gateway/policy/mutations.',
);

/** Unit tests run before the slow ones, so that what they find shows early. */
class QuickTestsFirst extends Sequencer {
  sort(tests) {
    const isOf = (list, { path }) => list.some((part) => path.includes(part));
    const rank = (test) => (!isOf(SLOW, test) ? 0 : isOf(LONGEST, test) ? 1 : 2);
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}

module.exports = QuickTestsFirst;
