import {
  isAccountName,
  isDeploymentName,
  isDomainName,
  isExistingAccountName,
  isGuid,
  isPrivateEndpointName,
  isRaiPolicyName,
  isResourceGroupName,
  isSubdomain,
} from '../../lib/accounts/resource-names';

const GUID = '11111111-2222-3333-4444-55555555aAaA';
const label = (length: number) => 'a'.repeat(length);

describe.each<[string, (text: unknown) => boolean, string[], string[]]>([
  [
    'account to be made',
    isAccountName,
    ['ab', 'Contoso-Models', label(64)],
    ['a', '-ab', 'ab-', 'a_b', 'a.b', label(65)],
  ],
  [
    'account that exists',
    isExistingAccountName,
    ['ab', 'a_b', 'a.b', 'ab-', label(64)],
    ['a', '_ab', 'a/b', label(65)],
  ],
  [
    'deployment',
    isDeploymentName,
    ['ab', 'chat', 'gpt_4.1-x', label(64)],
    ['a', '-chat', 'chat/eu', '__proto__', label(65)],
  ],
  [
    'subdomain',
    isSubdomain,
    ['ab', 'contoso-eu', '1a', label(63)],
    ['a', 'Contoso', 'a.b', 'a-', '-a', 'a_b', label(64)],
  ],
  [
    'domain name',
    isDomainName,
    ['openai.azure.com', 'openai.azure.us', 'a.bc', `${label(63)}.com`],
    [
      'com',
      '.openai.azure.com',
      'openai.azure.com.',
      'openai..com',
      'https://openai.azure.com',
      'openai.azure.com/openai',
      'openai.azure.com:443',
      'user@openai.azure.com',
      'OpenAI.azure.com',
      '10.0.0.1',
      '-a.com',
      `${label(64)}.com`,
      `${`${label(49)}.`.repeat(5)}com1`,
      `${`${label(49)}.`.repeat(5)}abcd`,
    ],
  ],
  [
    'resource group',
    isResourceGroupName,
    ['r', 'rg-models', 'Gruppe_(Süd).1', label(90)],
    ['rg.', 'rg/models', 'rg models', label(91)],
  ],
  ['RAI policy', isRaiPolicyName, ['a', 'strict-Microsoft.DefaultV2', label(64)], ['-a', 'a/b', label(65)]],
  ['private endpoint', isPrivateEndpointName, ['ab', 'a_', 'a.b-c', label(64)], ['a', 'pe-', 'pe.', '_pe', label(65)]],
  ['GUID', isGuid, [GUID], [`{${GUID}}`, GUID.replaceAll('-', ''), `${GUID}0`, GUID.replace('1', 'g')]],
])('the name of a %s', (_what, isValid, accepted, refused) => {
  test.each(accepted)('may be %p', (text) => {
    expect(isValid(text)).toBe(true);
  });

  test.each<unknown>([
    ...refused,
    '',
    ' ',
    `${accepted[0]}\n`,
    ` ${accepted[0]}`,
    '${var.x}',
    undefined,
    null,
    7,
    [accepted[0]],
  ])('may not be %p', (value) => {
    expect(isValid(value)).toBe(false);
  });
});
