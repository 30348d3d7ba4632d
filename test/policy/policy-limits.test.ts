import { policySize } from '../../lib/policy/policy-limits';

test.each([
  ['', 0],
  ['abc', 3],
  ['ü', 2],
  ['💥', 4],
])('%j has %d bytes', (text, bytes) => {
  expect(policySize(text)).toBe(bytes);
});
