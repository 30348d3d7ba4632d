import { invalidWaiver, waiverInvalid } from '../../lib/rules/waiver-invalid';
import { waiver } from './configuration';

describe('waiver-invalid: a waiver is malformed, waives what cannot be waived, or runs too long', () => {
  test('is an error that says what is wrong and what to write', () => {
    expect(invalidWaiver({ waiver: waiver({ rule: 'x' }) }, 'the rule does not exist', 'give another')).toMatchObject({
      rule: 'waiver-invalid',
      severity: 'error',
      status: 'violation',
      message: "the waiver of 'x' for 'production/chat' is not applied: the rule does not exist",
      fix: 'give another',
    });
  });

  test('cannot be waived itself', () => {
    expect(waiverInvalid.waiverLimit).toBe('never');
  });
});
