import fc from 'fast-check';
import { DeploymentNameParts, deriveDeploymentName } from '../../lib/accounts/deployment-name';
import { isDeploymentName } from '../../lib/accounts/resource-names';
import { DEPLOYMENT_TYPES } from '../../lib/catalog/deployment-types';

const chat: DeploymentNameParts = { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', sku: 'GlobalStandard' };

test.each<[Partial<DeploymentNameParts>, string]>([
  [{}, 'gpt-5.1_2025-11-13_globalstandard'],
  [{ sku: 'Standard' }, 'gpt-5.1_2025-11-13_standard'],
  [{ version: '2025-12-01' }, 'gpt-5.1_2025-12-01_globalstandard'],
  [{ name: 'gpt-4', version: '1106-Preview' }, 'gpt-4_1106-preview_globalstandard'],
  [{ format: 'DeepSeek', name: 'DeepSeek-V3.1', version: '1' }, 'deepseek-v3.1_1_globalstandard_deepseek'],
])('%p is named %s', (change, name) => {
  expect(deriveDeploymentName({ ...chat, ...change })).toBe(name);
});

test('a name of 64 characters is written out and a longer one ends in a hash', () => {
  const atLimit = 'm'.repeat(64 - '_2025-11-13_globalstandard'.length);
  expect(deriveDeploymentName({ ...chat, name: atLimit })).toBe(`${atLimit}_2025-11-13_globalstandard`);
  const hashed = deriveDeploymentName({ ...chat, name: `${atLimit}m` });
  expect(hashed).toMatch(/^m+-2025-11_[0-9a-f]{16}$/);
  expect(hashed).toHaveLength(64);
});

test('parts that hold the separator or a space are told apart by a hash', () => {
  const names = [
    deriveDeploymentName({ ...chat, name: 'a_b', version: 'c' }),
    deriveDeploymentName({ ...chat, name: 'a', version: 'b_c' }),
    deriveDeploymentName({ ...chat, name: 'a-b', version: 'c' }),
    deriveDeploymentName({ ...chat, format: 'Mistral AI', name: 'a', version: 'b' }),
    deriveDeploymentName({ ...chat, format: 'Mistral-AI', name: 'a', version: 'b' }),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names[0]).toMatch(/^a-b-c-globalstandard_[0-9a-f]{16}$/);
});

test('spellings that Azure takes for the same give the same name', () => {
  expect(deriveDeploymentName({ ...chat, format: 'openai', name: 'GPT-5.1' })).toBe(deriveDeploymentName(chat));
});

describe('over all inputs', () => {
  const word = (extra = '') =>
    fc
      .tuple(
        fc.constantFrom(...'ab01Z'),
        fc.string({ unit: fc.constantFrom(...`ab01._-${extra}`), maxLength: 70 }),
        fc.constantFrom(...'ab0'),
      )
      .map(([first, middle, last]) => first + middle + last);
  const parts = fc.record({
    format: fc.oneof(fc.constant('OpenAI'), fc.constant('openai'), word(' ')),
    name: word(),
    version: word(),
    sku: fc.constantFrom(...DEPLOYMENT_TYPES.map((type) => type.name)),
  });
  const identity = (input: DeploymentNameParts) =>
    JSON.stringify([input.format, input.name, input.version, input.sku]).toLowerCase();

  test('every name is valid, in lower case and the same each time', () => {
    fc.assert(
      fc.property(parts, (input) => {
        const name = deriveDeploymentName(input);
        expect(isDeploymentName(name)).toBe(true);
        expect(name).toBe(name.toLowerCase());
        expect(deriveDeploymentName({ ...input })).toBe(name);
      }),
    );
  });

  test('other inputs give another name', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (inputs) => {
        const identities = new Set(inputs.map(identity));
        expect(new Set(inputs.map(deriveDeploymentName)).size).toBe(identities.size);
      }),
    );
  });

  test('moving characters between parts gives another name', () => {
    fc.assert(
      fc.property(word(), fc.nat(), fc.nat(), (text, first, second) => {
        const split = (at: number): DeploymentNameParts => {
          const position = 1 + (at % (text.length - 1));
          return { ...chat, name: text.slice(0, position), version: text.slice(position) };
        };
        const same = identity(split(first)) === identity(split(second));
        expect(deriveDeploymentName(split(first)) === deriveDeploymentName(split(second))).toBe(same);
      }),
    );
  });
});
