import { unknown } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { parallelWriters } from '../../lib/rules/parallel-writers';
import { fakeKnowledge } from '../support/knowledge';
import { configuration, deployment, DeploymentProps, plan, PlanProps, TODAY } from './configuration';
import { brief } from './release-stack';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

function check(...configurations: readonly ConfigurationFacts[]) {
  return parallelWriters.checkRun({
    catalog: fakeKnowledge([]),
    judgement: { asOf: TODAY, clock: TODAY },
    unguardedStacks: [],
    configurations,
  });
}

/** A plan of one deployment. */
function writer(
  stack: string | undefined,
  outcome: DeploymentChange['outcome'] = 'created',
  props: DeploymentProps = {},
  actions: PlanProps['actions'] = [],
): ConfigurationFacts {
  const fact = deployment({ account: ACCOUNT, deployment: stack ?? 'chat', ...props });
  const change: DeploymentChange = {
    outcome,
    ...(outcome !== 'created' && { before: fact }),
    ...(outcome !== 'destroyed' && outcome !== 'forgotten' && { after: fact }),
  };
  return { ...plan({ stack, deployments: [change], actions }), stack };
}

describe('parallel-writers', () => {
  test('reports two plans that write deployments of one account, at a deployment of the second', () => {
    expect(check(writer('one'), writer('two', 'destroyed', { account: ACCOUNT.toUpperCase() }))).toEqual([
      {
        rule: 'parallel-writers',
        severity: 'warning',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: 'production/chat',
          account: ACCOUNT.toUpperCase(),
          deployment: 'two',
          path: undefined,
        },
        message:
          `2 plans write deployments of account ${ACCOUNT}: deployment 'one' (azurerm_cognitive_deployment.chat in one), ` +
          "deployment 'two' (azurerm_cognitive_deployment.chat in two); applied at the same time, one gets 409 RequestConflict",
        fix: 'apply them one after the other, or keep the deployments of the account in one stack',
        model: { format: 'OpenAI', name: 'chat', version: '1', sku: 'GlobalStandard' },
        retirementDate: undefined,
      },
    ]);
  });

  const update = [{ address: 'azurerm_cognitive_deployment.chat', action: 'update' }] as const;
  test.each<[string, readonly ConfigurationFacts[], number]>([
    ['three plans', [writer('one'), writer('two', 'replaced'), writer(undefined, 'changed-in-place')], 1],
    ['a kept deployment whose capacity changes', [writer('one'), writer('two', 'kept', {}, update)], 1],
    ['one plan', [writer('one')], 0],
    ['a kept deployment', [writer('one'), writer('two', 'kept')], 0],
    ['a moved deployment', [writer('one'), writer('two', 'moved')], 0],
    ['a forgotten deployment', [writer('one'), writer('two', 'forgotten')], 0],
    ['another account', [writer('one'), writer('two', 'created', { account: `${ACCOUNT}2` })], 0],
    ['a configuration without a plan', [writer('one'), configuration([deployment({ account: ACCOUNT })])], 0],
    [
      'an account that the plan creates',
      [writer('one'), writer('two', 'created', { account: unknown('${azurerm_cognitive_account.new.id}') })],
      0,
    ],
    ['an account that cannot be read, alone', [writer('one', 'created', { account: unknown('a sensitive value') })], 0],
  ])('judges %s', (_what, configurations, count) => {
    expect(check(...configurations)).toHaveLength(count);
  });

  test('does not know about an account that cannot be read', () => {
    const hidden = writer('two', 'created', { account: unknown('a sensitive value') });
    expect(check(writer('one'), hidden).map(brief)).toEqual([
      "warning unknown: this plan writes deployment 'two' on an account that cannot be read, so that another one of this run may write to it at the same time",
    ]);
  });

  test('reports one plan of many deployments once', () => {
    const many = plan({
      deployments: Array.from({ length: 5_000 }, (_, index): DeploymentChange => ({
        outcome: 'created',
        after: deployment({ account: ACCOUNT, address: `a.b${index}`, deployment: `d${index}` }),
      })),
    });
    expect(check(many)).toEqual([]);
    expect(check(many, writer('one'))).toHaveLength(1);
  });

  test('writes names so that they cannot disturb a terminal', () => {
    const [found] = check(writer('a\u001b[2J'), writer('b\n', 'created', { address: 'x["\u202e"]' }));
    expect(found!.message).toContain(
      "deployment 'a\\u{1b}[2J' (azurerm_cognitive_deployment.chat in a\\u{1b}[2J), deployment 'b\\u{a}' (x[\"\\u{202e}\"] in b\\u{a});",
    );
  });
});
