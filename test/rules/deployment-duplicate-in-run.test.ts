import { unknown } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { deploymentDuplicate } from '../../lib/rules/deployment-duplicate';
import { configuration, contextOf, deployment, DeploymentProps, plan } from './configuration';
import { brief } from './release-stack';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

function writer(
  stack: string,
  outcome: DeploymentChange['outcome'] = 'created',
  props: DeploymentProps = {},
): ConfigurationFacts {
  const fact = deployment({ account: ACCOUNT, address: `x.${stack}`, stack, ...props });
  const change: DeploymentChange = {
    outcome,
    ...(outcome !== 'created' && { before: fact }),
    ...(outcome !== 'destroyed' && outcome !== 'forgotten' && { after: fact }),
  };
  return plan({ stack, deployments: [change] });
}

function found(...configurations: readonly ConfigurationFacts[]): string[] {
  return configurations.flatMap((facts) =>
    deploymentDuplicate.check({ ...contextOf([]), facts, configurations }).map(brief),
  );
}

const text = (models: string) =>
  `error violation: deployment 'chat' on account ${ACCOUNT} is declared by another plan of this run too (x.one in one)${models}: Azure keeps one, and each apply overwrites the other or fails`;

describe('deployment-duplicate: two plans of one run', () => {
  test.each<[string, ConfigurationFacts, ConfigurationFacts, string]>([
    [
      'create it with two models',
      writer('one'),
      writer('two', 'created', { version: '2' }),
      ' with chat@1, here with chat@2',
    ],
    ['create it with one model', writer('one'), writer('two'), ''],
    ['have it, and one creates it', writer('one', 'kept'), writer('two'), ''],
    [
      'have it, with two models',
      writer('one', 'kept'),
      writer('two', 'kept', { model: 'o3' }),
      ' with chat@1, here with o3@1',
    ],
  ])('%s', (_what, first, second, models) => {
    expect(found(first, second)).toEqual([text(models)]);
  });

  test('spell the account and the name in another case', () => {
    const spelt = writer('one', 'created', { account: ACCOUNT.toUpperCase(), deployment: 'CHAT' });
    expect(found(spelt, writer('two'))).toEqual([text('')]);
  });

  test('are each held against the first', () => {
    expect(found(writer('one'), writer('two'), writer('three'))).toEqual([text(''), text('')]);
  });

  test('write names so that they cannot disturb a terminal', () => {
    expect(found(writer('a\u001b'), writer('two'))[0]).toContain('(x.a\\u{1b} in a\\u{1b})');
  });

  test.each<[string, ConfigurationFacts, ConfigurationFacts]>([
    ['one destroys it, the other creates it', writer('one', 'destroyed'), writer('two')],
    ['one lets go of it, the other imports it', writer('one', 'forgotten'), writer('two', 'imported')],
    ['both keep it as it is', writer('one', 'kept'), writer('two', 'kept')],
    ['another name', writer('one'), writer('two', 'created', { deployment: 'chat-2' })],
    ['another account', writer('one'), writer('two', 'created', { account: `${ACCOUNT}-2` })],
    [
      'an account that cannot be read, the same in words',
      writer('one', 'created', { account: unknown('${var.account}') }),
      writer('two', 'created', { account: unknown('${var.account}') }),
    ],
    ['one patches what the other creates', writer('one'), writer('two', 'created', { type: 'azapi_update_resource' })],
    ['a template, which may go to several groups', writer('one'), writer('two', 'created', { declaredBy: 'template' })],
    [
      'no plan beside it',
      configuration([deployment({ account: ACCOUNT, address: 'x.one' })]),
      writer('two', 'created', { version: '2' }),
    ],
  ])('are no duplicates: %s', (_what, first, second) => {
    expect(found(first, second)).toEqual([]);
  });
});
