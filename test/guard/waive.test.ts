import { ModelLifecycleGuard, FindingSeverity } from '../../lib';
import { synthesise, synthesisedText, testApp, testStack } from '../support/guarded-app';
import { deployment, LIVING, RETIRED } from '../support/retired-places';

const props = { asOf: '2026-11-21', severities: { 'as-of-shifted': FindingSeverity.OFF } };
const waiver = {
  rule: 'model-retired',
  reason: 'hotfix of another part has to ship',
  owner: 'team-assistants',
  expires: '2026-12-05',
};

describe('a waiver', () => {
  test('lets the build pass, is reported, and stands in the synthesised file', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => ModelLifecycleGuard.waive(deployment(stack, RETIRED), waiver));
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('waived until 2026-12-05 by team-assistants: hotfix of another part has to ship');
    expect(JSON.parse(synthesisedText(app, 'production'))['//']['cdktf-azure-model-lifecycle']).toEqual({
      waivers: [{ ...waiver, resource: 'production/chat' }],
    });
  });

  test('holds on its last day and not on the day after', () => {
    const verdict = (asOf: string) => {
      const app = testApp();
      ModelLifecycleGuard.protect(app, { ...props, asOf });
      testStack(app, 'production', (stack) => ModelLifecycleGuard.waive(deployment(stack, RETIRED), waiver));
      return synthesise(app).thrown;
    };
    expect(verdict('2026-12-05')).toBeUndefined();
    expect(verdict('2026-12-06')).toContain('waiver-expired');
    expect(verdict('2026-12-06')).toContain('model-retired');
  });

  test('on a stack covers everything in it, and two waivers of one stack both count', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      const chat = deployment(stack, RETIRED);
      chat.addOverride('version_upgrade_option', 'OnceNewDefaultVersionAvailable');
      ModelLifecycleGuard.waive(stack, waiver);
      ModelLifecycleGuard.waive(chat, { ...waiver, rule: 'model-auto-upgrade' });
    });
    expect(synthesise(app).thrown).toBeUndefined();
  });

  test('that matches nothing is a warning', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => ModelLifecycleGuard.waive(deployment(stack, LIVING), waiver));
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('warning waiver-unused');
  });

  test('longer than 14 days for a retired model is refused', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) =>
      ModelLifecycleGuard.waive(deployment(stack, RETIRED), { ...waiver, expires: '2026-12-06' }),
    );
    expect(synthesise(app).thrown).toContain('waiver-invalid');
  });

  test('that is not whole is an error, not a waiver that vanished', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      const chat = deployment(stack, RETIRED);
      ModelLifecycleGuard.waive(chat, { rule: 'model-retired', reason: 'because it has to ship' } as typeof waiver);
      ModelLifecycleGuard.waive(chat, { ...waiver, rule: 'model-retird' });
    });
    const { thrown } = synthesise(app);
    expect(thrown?.match(/waiver-invalid: /g)).toHaveLength(2);
    expect(thrown).toContain('model-retired: ');
  });

  test('outside every stack is refused at once', () => {
    expect(() => ModelLifecycleGuard.waive(testApp(), waiver)).toThrow(
      'ModelLifecycleGuard.waive takes a stack or a construct in one, got the root App; waive the finding on the construct that it names',
    );
  });
});
