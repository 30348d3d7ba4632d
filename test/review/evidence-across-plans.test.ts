import { modelUrlVariable } from '../../lib/contracts/orchestrator-environment';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { Resources } from '../rules/gateway-stack';
import { apps, direct, orchestrator, release } from '../rules/release-stack';
import { ACCOUNT, plannedResources, reported } from './planned';

const OLD_KEY = 'gpt-7-chat@2024-01-01';
const NEW_KEY = 'gpt-7-chat@2025-01-01';

const OLD = release({ models: { chat: OLD_KEY } });
const NEW = release({ models: { chat: NEW_KEY }, text: 'Another text.' });

const NO_RELEASE = 'not-visible: no release under review binds it';

/** A stack of deployments on an account that it does not declare. */
function models(key: string, { account = ACCOUNT, name = 'chat' } = {}): Resources {
  const [model, version] = key.split('@');
  return {
    azurerm_cognitive_deployment: {
      chat: {
        name,
        cognitive_account_id: account,
        model: { format: 'OpenAI', name: model, version },
        sku: { name: 'GlobalStandard' },
        version_upgrade_option: 'NoAutoUpgrade',
      },
    },
  };
}

function wired(of: typeof OLD, url?: string): Resources {
  const variables = url === undefined ? {} : { [modelUrlVariable('chat')]: url };
  return apps({ stable: orchestrator(of, { ...direct(of), ...variables }) });
}

function evidenceOf(...plans: readonly ConfigurationFacts[]): string[] {
  const [review] = reported(...plans).deployments;
  return review!.update!.breadths.map(({ evidence, detail }) => `${evidence}: ${detail}`).slice(1, 3);
}

const DEPLOYMENTS = plannedResources([models(OLD_KEY)], [models(NEW_KEY)]);

describe('a deployment of one plan and a release of another', () => {
  test.each([
    ['behind it', [DEPLOYMENTS, plannedResources([wired(OLD)], [wired(NEW)])]],
    ['before it', [plannedResources([wired(OLD)], [wired(NEW)]), DEPLOYMENTS]],
    ['in the same one', [plannedResources([models(OLD_KEY), wired(OLD)], [models(NEW_KEY), wired(NEW)])]],
  ])('belong together by account and name, wherever the release stands (%s)', (_, plans) => {
    expect(evidenceOf(...plans)).toEqual([
      "unchanged: the config of role 'chat' stays as it is",
      "changed: prompt 'system' has another text",
    ]);
  });

  test('that stays as it is show what is not in the plans', () => {
    expect(evidenceOf(DEPLOYMENTS, plannedResources([wired(OLD)], [wired(OLD)]))).toEqual([
      "unchanged: the config of role 'chat' stays as it is",
      "unchanged: the prompts of role 'chat' keep their texts",
    ]);
  });

  test('names of account and deployment are compared without case', () => {
    const deployments = plannedResources(
      [models(OLD_KEY, { account: ACCOUNT.toUpperCase(), name: 'Chat' })],
      [models(NEW_KEY, { account: ACCOUNT.toUpperCase(), name: 'Chat' })],
    );
    expect(evidenceOf(deployments, plannedResources([wired(OLD)], [wired(NEW)]))[1]).toBe(
      "changed: prompt 'system' has another text",
    );
  });

  test.each([
    ['another account', 'https://us.openai.azure.com/openai/v1'],
    ['a host that begins alike', 'https://eu2.openai.azure.com/openai/v1'],
    ['a host that serves no models', 'https://eu.example.com/v1'],
    ['a host that is known only after the apply', 'https://${azurerm_cognitive_account.eu.name}.openai.azure.com/v1'],
    ['no URL at all', 'eu'],
  ])('do not belong together where the release goes to %s', (_, url) => {
    expect(evidenceOf(DEPLOYMENTS, plannedResources([wired(OLD, url)], [wired(NEW, url)]))).toEqual([
      NO_RELEASE,
      NO_RELEASE,
    ]);
  });

  test('do not belong together under another name of the deployment', () => {
    const deployments = plannedResources([models(OLD_KEY, { name: 'other' })], [models(NEW_KEY, { name: 'other' })]);
    expect(evidenceOf(deployments, plannedResources([wired(OLD)], [wired(NEW)]))).toEqual([NO_RELEASE, NO_RELEASE]);
  });
});
