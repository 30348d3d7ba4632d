import fc from 'fast-check';
import { Finding } from '../../lib/rules/finding';
import { matchesPattern, WaiverIndex } from '../../lib/rules/waiver-match';
import { waiver } from './configuration';

function finding(address: string, constructPath?: string): Finding {
  const resource = { address, type: 'x', constructPath };
  return { rule: 'model-retired', severity: 'error', status: 'violation', resource, message: '', fix: '' };
}

function covers(resource: string, address: string, constructPath?: string): boolean {
  return new WaiverIndex([{ waiver: waiver({ resource }) }]).matching(finding(address, constructPath)).length > 0;
}

describe('which findings a waiver covers', () => {
  test.each([
    ['production/models/chat', true],
    ['production/models', true],
    ['production', true],
    ['production/models/ch', false],
    ['production/model', false],
    ['production/models/chat/deployment', false],
    ['models/chat', false],
    ['production/models/', false],
    ['production/*', true],
    ['*/chat', true],
    ['*', true],
    ['production/*/chat', true],
    ['staging/*', false],
    ['*/ch', false],
  ])('%s covers the construct production/models/chat: %s', (resource, expected) => {
    expect(covers(resource, 'azurerm_cognitive_deployment.x', 'production/models/chat')).toBe(expected);
  });

  const RESOURCE = '/subscriptions/1/resourceGroups/RG/providers/X/accounts/BANK-OAI/deployments/Hand-Made';
  test.each([
    [RESOURCE.toLowerCase(), true],
    ['/SUBSCRIPTIONS/1/RESOURCEGROUPS/rg/providers/x/accounts/bank-oai/deployments/hand-made', true],
    ['*/accounts/bank-oai/deployments/*', true],
    ['*/deployments/hand-made', true],
    ['*/deployments/hand', false],
    ['/subscriptions/1/resourcegroups/rg', false],
  ])('%s covers a deployment of Azure, whose ids have no case: %s', (resource, expected) => {
    expect(covers(resource, RESOURCE)).toBe(expected);
  });

  test.each(['azurerm_cognitive_deployment.CHAT', '*.CHAT'])(
    '%s covers no Terraform address in another case',
    (text) => {
      expect(covers(text, 'azurerm_cognitive_deployment.chat')).toBe(false);
    },
  );

  test.each([
    ['module.ai["eu.west"].azurerm_cognitive_deployment.chat["a.b"]', true],
    ['module.ai["eu.west"].azurerm_cognitive_deployment.chat', true],
    ['module.ai["eu.west"]', true],
    ['module.ai', true],
    ['module.a', false],
    ['azurerm_cognitive_deployment.chat', false],
    ['module.ai["eu.west"].azurerm_cognitive_deployment', false],
    ['module.ai["eu.west"].azurerm_cognitive_deployment.chat["a', false],
    ['module.ai*', true],
    ['*.azurerm_cognitive_deployment.chat[*]', true],
  ])('%s covers the address of an instance in a module: %s', (resource, expected) => {
    expect(covers(resource, 'module.ai["eu.west"].azurerm_cognitive_deployment.chat["a.b"]')).toBe(expected);
  });

  test('a waiver covers only findings of its own rule', () => {
    const index = new WaiverIndex([{ waiver: waiver({ rule: 'model-retiring', resource: '*' }) }]);
    expect(index.matching(finding('a.b', 'production/chat'))).toEqual([]);
  });

  test('rule and resource are not mixed up', () => {
    const index = new WaiverIndex([{ waiver: waiver({ rule: 'model-retired\na', resource: 'b' }) }]);
    expect(index.matching(finding('a\nb'))).toEqual([]);
  });

  test.each([
    ['', '', true],
    ['a', 'a', true],
    ['a', 'ab', false],
    ['**', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*a', 'aba', true],
    ['a*b*a', 'aa', false],
    ['*ab*ab', 'ab', false],
    ['*ab*ab', 'abab', true],
    ['a.c', 'abc', false],
    ['[a]*', '[a]b', true],
  ])('the pattern %j matches %j: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  test('agrees with a regular expression on any pattern', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (wanted, given) => {
        const expression = wanted
          .split('*')
          .map((piece) => piece.replace(/\./g, '\\.'))
          .join('.*');
        expect(matchesPattern(wanted, given)).toBe(new RegExp(`^(?:${expression})$`).test(given));
      }),
    );
  });

  test('is quick with a pattern made to be slow', () => {
    expect(matchesPattern(`${'*a'.repeat(5_000)}b`, 'a'.repeat(50_000))).toBe(false);
  });
});
