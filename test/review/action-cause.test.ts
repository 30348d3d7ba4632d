import { DeploymentChange, PlannedAction } from '../../lib/facts/plan-facts';
import { lark, planned, plannedDeployments, reported } from './planned';

const BEFORE = lark('chat', 'lark@2025-01-01');
const AFTER = lark('chat', 'owl@1');
const REPLACED: DeploymentChange = { outcome: 'replaced', before: BEFORE, after: AFTER, replaceOrder: 'destroy-first' };

function reviewOf(change: DeploymentChange, action: Partial<PlannedAction>) {
  const { address, type } = BEFORE.origin;
  const resources = new Map([[address, { address, type, action: 'replace' as const, replacePaths: [], ...action }]]);
  const [review, ...others] = reported(plannedDeployments([change], { resources })).deployments;
  expect(others).toEqual([]);
  return review!;
}

const CALLS_FAIL = 'calls fail from the destruction of the old one until the new one is there';

describe('a deployment that is replaced', () => {
  test.each<[string, PlannedAction['replacePaths'], string[], string]>([
    ['one attribute', [['model', 0, 'name']], ['model.name'], 'model.name changes'],
    [
      'several attributes',
      [['name'], ['model', 0, 'name'], ['body', 'parts', 2]],
      ['name', 'model.name', 'body.parts[2]'],
      'name, model.name, body.parts[2] change',
    ],
  ])('tells that %s made Terraform do so', (_, replacePaths, paths, words) => {
    expect(reviewOf(REPLACED, { reason: 'replace_because_cannot_update', replacePaths })).toMatchObject({
      outcome: 'replaced',
      actionReason: 'replace_because_cannot_update',
      replacePaths: paths,
      remarks: [`Terraform replaces it because ${words}, which its provider cannot do in place`, CALLS_FAIL],
    });
  });

  test.each([
    ['replace_because_tainted', 'Terraform replaces it because the state marks it as tainted'],
    ['replace_by_request', 'Terraform replaces it because -replace asks for it'],
    ['replace_by_triggers', 'Terraform replaces it because something that its replace_triggered_by names changes'],
  ])('for the reason %s tells it', (reason, remark) => {
    const review = reviewOf(REPLACED, { reason });
    expect(review).toMatchObject({ actionReason: reason, remarks: [remark, CALLS_FAIL] });
    expect(review).not.toHaveProperty('replacePaths');
  });

  test.each([['a_reason_of_a_later_terraform'], ['constructor'], [undefined]])(
    'for the reason %s and without paths says no more than that',
    (reason) => {
      expect(reviewOf(REPLACED, { ...(reason !== undefined && { reason }) }).remarks).toEqual([CALLS_FAIL]);
    },
  );

  test('tells no cause where a template declares it: that is why the template is replaced', () => {
    const [before, after] = [BEFORE, AFTER].map((fact) => ({ ...fact, declaredBy: 'template' as const }));
    const review = reviewOf({ ...REPLACED, before, after }, { reason: 'replace_by_request' });
    expect(review).not.toHaveProperty('actionReason');
    expect(review.remarks).toEqual([CALLS_FAIL]);
  });
});

describe('a deployment that is destroyed', () => {
  test.each([
    ['delete_because_each_key', ['Terraform destroys it because its for_each does not hold its key any more']],
    ['delete_because_count_index', ['Terraform destroys it because its index is beyond its count']],
    ['delete_because_no_resource_config', []],
    ['delete_because_no_module', []],
  ])('for the reason %s tells what does not go without saying', (reason, remarks) => {
    expect(reviewOf({ outcome: 'destroyed', before: BEFORE }, { action: 'delete', reason })).toMatchObject({
      actionReason: reason,
      remarks,
    });
  });

  test('by another plan than the one that creates it again has that plan tell the cause', () => {
    const { address, type } = BEFORE.origin;
    const action = { address, type, action: 'delete' as const, reason: 'delete_because_each_key', replacePaths: [] };
    const leaving = plannedDeployments([{ outcome: 'destroyed', before: BEFORE }], {
      resources: new Map([[address, action]]),
    });
    const arriving = plannedDeployments([{ outcome: 'created', after: lark('chat', 'lark@2025-01-01') }]);
    expect(reported(leaving, arriving).deployments).toMatchObject([
      { input: 'b.json', outcome: 'recreated', actionReason: 'delete_because_each_key' },
    ]);
  });
});

test('a deployment that stays has no cause, whatever the plan says of it', () => {
  const { address, type } = BEFORE.origin;
  const action = { address, type, action: 'update' as const, reason: 'replace_by_request', replacePaths: [['name']] };
  const facts = planned({
    deployments: [{ outcome: 'changed-in-place', before: BEFORE, after: lark('chat', 'lark@2026-01-01') }],
    plan: { resources: new Map([[address, action]]) },
  });
  const [review] = reported(facts).deployments;
  expect(review).not.toHaveProperty('actionReason');
  expect(review).not.toHaveProperty('replacePaths');
});
