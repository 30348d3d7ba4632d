import { Construct } from 'constructs';
import { enrol } from '../../lib/guard/enrol';
import { LifecycleCloud } from '../../lib/guard/guard-props';
import { lifecycleKnowledgeOf } from '../../lib/guard/lifecycle-knowledge';
import { ModelLifecycleGuard } from '../../lib/guard/model-lifecycle-guard';
import { testApp, testStack } from '../support/guarded-app';

test('a construct knows what the nearest protected scope was given', () => {
  const app = testApp();
  const [plain, special] = ['plain', 'special'].map((id) => testStack(app, id));
  ModelLifecycleGuard.protect(app, { asOf: '2026-01-02' });
  ModelLifecycleGuard.protect(special!, { asOf: '2027-03-04', cloud: LifecycleCloud.US_GOVERNMENT });
  const [one, other] = [plain!, special!].map((stack) => lifecycleKnowledgeOf(new Construct(stack, 'construct')));
  expect([one!.asOf, one!.catalog.cloud]).toEqual(['2026-01-02', 'public']);
  expect([other!.asOf, other!.catalog.cloud]).toEqual(['2027-03-04', 'usgovernment']);
});

test('the app may be protected after the construct was made', () => {
  const app = testApp();
  const construct = new Construct(testStack(app, 'stack'), 'construct');
  enrol(construct);
  ModelLifecycleGuard.protect(app, { asOf: '2026-01-02' });
  expect(lifecycleKnowledgeOf(construct).asOf).toBe('2026-01-02');
});

test('without any protection the defaults apply, read once', () => {
  const construct = new Construct(testStack(testApp(), 'stack'), 'construct');
  enrol(construct);
  expect(lifecycleKnowledgeOf(construct).catalog).toBe(lifecycleKnowledgeOf(construct).catalog);
});
