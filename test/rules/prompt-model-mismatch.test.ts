import { promptModelMismatch } from '../../lib/rules/prompt-model-mismatch';
import { fakeKnowledge } from '../support/knowledge';
import { findingsOf } from './gateway-stack';
import { apps, brief, orchestrator, prompt, release, ReleaseGiven } from './release-stack';

const V1 = 'gpt-7-chat@2024-01-01';
const V2 = 'gpt-7-chat@2025-01-01';

function check(given: ReleaseGiven) {
  const one = release(given);
  return { one, findings: findingsOf(promptModelMismatch, [apps({ one: orchestrator(one) })]) };
}

describe('prompt-model-mismatch is content with', () => {
  test.each<[string, ReleaseGiven]>([
    ['a prompt that is made for the bound version', {}],
    ['one that is made for several', { prompts: { system: prompt('Hi', 'chat', [V2, V1]) } }],
    ['a release without prompts', { prompts: {} }],
    [
      'prompts of several roles, each for its own model',
      {
        models: { chat: V1, reasoning: V2 },
        prompts: { system: prompt('a', 'chat', [V1]), plan: prompt('b', 'reasoning', [V2]) },
      },
    ],
  ])('%s', (_what, given) => {
    expect(check(given).findings).toEqual([]);
  });

  test('another spelling of the same model', () => {
    const one = release({ models: { chat: 'gpt-35@1' }, prompts: { system: prompt('Hi', 'chat', ['gpt-3.5@1']) } });
    const knowledge = fakeKnowledge([{ name: 'gpt-3.5', version: '1', spellings: ['gpt-35'] }]);
    expect(findingsOf(promptModelMismatch, [apps({ one: orchestrator(one) })], knowledge)).toEqual([]);
  });
});

describe('prompt-model-mismatch reports', () => {
  test('a prompt that is made for another version', () => {
    const { one, findings } = check({ prompts: { system: prompt('Hi', 'chat', [V2]) } });
    expect(findings).toEqual([
      {
        rule: 'prompt-model-mismatch',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_container_app.one',
          type: 'azurerm_container_app',
          path: 'template.container[0].env[2].value',
        },
        message: `release ${one.label}: prompt 'system' goes to ${V1} (role 'chat') and is made for ${V2}`,
        fix: `evaluate the prompt with ${V1} and add that to what it is made for, or bind a version that it is made for`,
        model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2024-01-01' },
      },
    ]);
  });

  test('a prompt that goes to a role without model', () => {
    const { one, findings } = check({ prompts: { system: prompt('Hi', 'reasoning', [V1]) } });
    expect(findings.map(brief)).toEqual([
      `error violation: release ${one.label}: prompt 'system' goes to role 'reasoning', which has no model; the release has 'chat'`,
    ]);
  });

  test('each of several prompts, and names four of many versions', () => {
    const many = ['a@1', 'a@2', 'a@3', 'a@4', 'a@5', 'a@6'];
    const { one, findings } = check({
      prompts: { plan: prompt('x', 'chat', many), system: prompt('y', 'chat', [V2]) },
    });
    expect(findings.map(({ message }) => message)).toEqual([
      `release ${one.label}: prompt 'plan' goes to ${V1} (role 'chat') and is made for a@1, a@2, a@3, a@4 and 2 more`,
      `release ${one.label}: prompt 'system' goes to ${V1} (role 'chat') and is made for ${V2}`,
    ]);
  });

  test('a role whose name every object inherits as one without model', () => {
    const { one, findings } = check({ prompts: { system: prompt('Hi', 'constructor', [V1]) } });
    expect(findings.map(brief)).toEqual([
      `error violation: release ${one.label}: prompt 'system' goes to role 'constructor', which has no model; the release has 'chat'`,
    ]);
  });
});
