import { expiredWaiver, waiverExpired } from '../../lib/rules/waiver-expired';
import { TODAY, waiver } from './configuration';

describe('waiver-expired: a waiver is past its last day', () => {
  test('is an error that names the day, the owner and what to do', () => {
    expect(expiredWaiver({ waiver: waiver({ expires: '2026-11-20' }), stack: 'production' }, TODAY)).toMatchObject({
      rule: 'waiver-expired',
      severity: 'error',
      status: 'violation',
      message:
        "the waiver of 'model-retired' for 'production/chat' expired on 2026-11-20 (judged on 2026-11-21, owner team-chat) and is not applied",
      fix: 'correct the finding and remove the waiver, or decide anew and give a later day',
    });
  });

  test('cannot be waived itself', () => {
    expect(waiverExpired.waiverLimit).toBe('never');
  });
});
