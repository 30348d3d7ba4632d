import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformStack } from 'cdktf';
import { InvokeRole, ModelAccount, PrincipalType } from '../../lib/accounts';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const TYPE = 'azurerm_role_assignment';
const PRINCIPAL = '11111111-2222-3333-4444-555555555555';

function accountIn(stack: TerraformStack) {
  return new ModelAccount(stack, 'models', {
    name: 'contoso-models',
    resourceGroupName: 'rg',
    location: 'swedencentral',
  });
}

function identityIn(stack: TerraformStack, id: string) {
  return new UserAssignedIdentity(stack, id, { name: id, location: 'swedencentral', resourceGroupName: 'rg' });
}

test('a managed identity may call OpenAI models and nothing more', () => {
  const stack = testStack();
  accountIn(stack).grantInvoke(PRINCIPAL);
  expect(onlyResource(stack, TYPE)).toEqual({
    scope: '${azurerm_cognitive_account.models.id}',
    role_definition_name: 'Cognitive Services OpenAI User',
    principal_id: PRINCIPAL,
    principal_type: 'ServicePrincipal',
    lifecycle: { create_before_destroy: true },
  });
});

test('models of other formats and other principals are said', () => {
  const stack = testStack();
  accountIn(stack).grantInvoke(PRINCIPAL, { role: InvokeRole.ALL_MODELS, principalType: PrincipalType.GROUP });
  expect(onlyResource(stack, TYPE)).toMatchObject({
    role_definition_name: 'Cognitive Services User',
    principal_type: 'Group',
  });
});

test('an account that is referred to by its id grants access too', () => {
  const stack = testStack();
  const id =
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/legacy';
  ModelAccount.fromAccountId(stack, 'legacy', id).grantInvoke(PRINCIPAL);
  expect(onlyResource(stack, TYPE).scope).toBe(id);
});

test('the same grant is one assignment, another principal or role another one', () => {
  const stack = testStack();
  const account = accountIn(stack);
  const caller = identityIn(stack, 'caller');
  const first = account.grantInvoke(caller.principalId);
  expect(account.grantInvoke(caller.principalId)).toBe(first);
  expect(account.grantInvoke(caller.principalId, { role: InvokeRole.ALL_MODELS })).not.toBe(first);
  expect(account.grantInvoke(identityIn(stack, 'other').principalId)).not.toBe(first);
  expect(Object.keys(synthesised(stack).resource[TYPE]!)).toHaveLength(3);
});

test('the address of a grant does not depend on what else is declared', () => {
  const addresses = (unrelated: number) => {
    const stack = testStack();
    const account = accountIn(stack);
    for (let index = 0; index < unrelated; index += 1) {
      expect(identityIn(stack, `unrelated${index}`).principalId).toContain('TfToken');
    }
    account.grantInvoke(identityIn(stack, 'caller').principalId);
    return Object.keys(synthesised(stack).resource[TYPE]!);
  };
  expect(addresses(3)).toEqual(addresses(0));
});

test.each(['', 'caller', '/subscriptions/x/userAssignedIdentities/caller', `${PRINCIPAL}\n`])(
  'the principal %p is refused',
  (principal) => {
    expect(() => accountIn(testStack()).grantInvoke(principal)).toThrow(
      new Error(
        `principal '${principal.replace('\n', '\\u{a}')}' given access to stack/models is not an object id: pass the object id of the identity, ` +
          'for instance principalId of a managed identity (not its resource id)',
      ),
    );
  },
);
