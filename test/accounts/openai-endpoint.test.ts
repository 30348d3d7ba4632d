import { TerraformOutput, TerraformVariable } from 'cdktf';
import {
  IModelAccount,
  ModelAccount,
  ModelAccountAttributes,
  ModelAccountKind,
  ModelAccountProps,
} from '../../lib/accounts';
import { synthesised, testStack } from '../support/synthesised';

function idOf(accountName: string): string {
  return `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/${accountName}`;
}

function created(props: Partial<ModelAccountProps> = {}): IModelAccount {
  return new ModelAccount(testStack(), 'models', {
    name: 'Contoso-Models',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    ...props,
  });
}

function existing(accountName: string, attributes?: ModelAccountAttributes): IModelAccount {
  return ModelAccount.fromAccountId(testStack(), 'legacy', idOf(accountName), attributes);
}

describe('an account that is created here answers', () => {
  test.each<[Partial<ModelAccountProps>, string]>([
    [{}, 'https://contoso-models.openai.azure.com'],
    [{ kind: ModelAccountKind.OPEN_AI }, 'https://contoso-models.openai.azure.com'],
    [{ customSubdomainName: 'contoso-eu' }, 'https://contoso-eu.openai.azure.com'],
    [{ openAiEndpointSuffix: 'openai.azure.us' }, 'https://contoso-models.openai.azure.us'],
  ])('with %p at %s', (props, endpoint) => {
    expect(created(props).openAiEndpoint).toBe(endpoint);
  });
});

describe('an account that is referred to by its id answers', () => {
  test.each<[string, ModelAccountAttributes, string]>([
    ['Legacy', {}, 'https://legacy.openai.azure.com'],
    ['Legacy', { kind: ModelAccountKind.AI_SERVICES }, 'https://legacy.openai.azure.com'],
    ['Legacy', { customSubdomainName: 'contoso-legacy' }, 'https://contoso-legacy.openai.azure.com'],
    ['my_models', { customSubdomainName: 'my-models' }, 'https://my-models.openai.azure.com'],
    ['Legacy', { openAiEndpointSuffix: 'openai.azure.us' }, 'https://legacy.openai.azure.us'],
  ])('as %s with %p at %s', (accountName, attributes, endpoint) => {
    expect(existing(accountName, attributes).openAiEndpoint).toBe(endpoint);
  });

  test.each(['my_models', 'my.models', 'a'.repeat(64)])(
    'at a place that is not known if %s cannot be a subdomain, which matters only to who asks',
    (accountName) => {
      const account = existing(accountName);
      expect(account.accountName).toBe(accountName);
      expect(() => account.openAiEndpoint).toThrow(
        new Error(
          `openAiEndpoint of stack/legacy is not known: the account name '${accountName}' cannot be its custom subdomain; ` +
            'pass customSubdomainName',
        ),
      );
    },
  );
});

test.each(['', 'Contoso', 'contoso.openai', 'https://contoso', 'contoso/', 'contoso\n'])(
  'the subdomain %p of an account that exists is refused',
  (customSubdomainName) => {
    expect(() => existing('legacy', { customSubdomainName })).toThrow(
      new Error(
        `custom subdomain '${customSubdomainName.replace('\n', '\\u{a}')}' of stack/legacy is not valid: it has 2 to 63 lower-case letters, digits and '-', ` +
          'and starts and ends with a letter or digit; pass customSubdomainName (it has to be unique in all of Azure)',
      ),
    );
  },
);

describe.each([
  '',
  '.openai.azure.us',
  'https://openai.azure.us',
  'openai.azure.us/',
  'evil.example/?x=.openai.azure.us',
])('the domain %p is refused', (openAiEndpointSuffix) => {
  const message = (path: string) =>
    new Error(
      `openAiEndpointSuffix '${openAiEndpointSuffix}' of ${path} is not valid: it is a domain name in lower case, without protocol, ` +
        "leading dot and path; write 'openai.azure.com' (public cloud) or 'openai.azure.us' (Azure Government)",
    );

  test('for an account that is created here', () => {
    expect(() => created({ openAiEndpointSuffix })).toThrow(message('stack/models'));
  });

  test('for an account that exists', () => {
    expect(() => existing('legacy', { openAiEndpointSuffix })).toThrow(message('stack/legacy'));
  });
});

test('what Terraform computes is put together by Terraform', () => {
  const stack = testStack();
  const variable = (id: string) => new TerraformVariable(stack, id, {}).stringValue;
  const account = new ModelAccount(stack, 'models', {
    name: variable('name'),
    resourceGroupName: 'rg',
    location: 'swedencentral',
    openAiEndpointSuffix: variable('suffix'),
  });
  const legacy = ModelAccount.fromAccountId(stack, 'legacy', variable('id'));
  new TerraformOutput(stack, 'created', { value: account.openAiEndpoint });
  new TerraformOutput(stack, 'existing', { value: legacy.openAiEndpoint });
  expect(synthesised(stack).output).toEqual({
    created: { value: 'https://${lower(var.name)}.${var.suffix}' },
    existing: { value: 'https://${lower(element(split("/", var.id), 8))}.openai.azure.com' },
  });
});
