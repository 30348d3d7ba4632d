import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeRole } from '../../lib/accounts';
import { inferenceReach } from '../../lib/contracts/inference-roles';
import { known, valueOf } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { readPlanFacts } from '../../lib/facts/plan-facts-reader';
import { accessRemovedWhileLive } from '../../lib/rules/access-removed-while-live';
import { CallsBefore } from '../../lib/rules/calls-before';
import { read } from '../facts/plan-builder';
import { contextOf, deployment, plan } from './configuration';
import { brief } from './release-stack';

const PLAN = readFileSync(join(__dirname, '../../examples/plan-review/clean/plan.json'), 'utf8');
const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-chat';
const ACCOUNT = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/contoso-chat`;
const RELEASE = 'release chat-2b6a6f321f44 (azurerm_container_app.chat-2b6a6f321f44)';
const GRANT = 'azurerm_role_assignment.account_Invoke-e29d2b89_7D34AE96';
const PRINCIPAL = '4ed246c4-5656-6e56-87d8-152ba170c2c1';
const CONTRIBUTOR_ID = `${GROUP}/providers/Microsoft.Authorization/roleDefinitions/A001FD3D-188F-4B5D-821B-7DA978BF7442`;

interface Values {
  [key: string]: unknown;
}

interface Entry {
  address: string;
  type: string;
  change: { actions: string[]; before: Values | null; after: Values | null } & Values;
}

interface Plan {
  resource_changes: Entry[];
  prior_state?: unknown;
}

/** A plan of the real Terraform in which a release calls the models of an account, changed by a test. */
async function reviewed(edit: (plan: Plan, at: (type: string) => Entry) => void): Promise<ConfigurationFacts> {
  const plan = JSON.parse(PLAN) as Plan;
  delete plan.prior_state;
  edit(plan, (type) => plan.resource_changes.find((entry) => entry.type === type)!);
  return readPlanFacts(await read(plan));
}

function inRun(...configurations: readonly ConfigurationFacts[]): string[] {
  return configurations.flatMap((facts) =>
    accessRemovedWhileLive.check({ ...contextOf([]), facts, configurations }).map(brief),
  );
}

async function found(edit: (plan: Plan, at: (type: string) => Entry) => void): Promise<string[]> {
  return inRun(await reviewed(edit));
}

const destroy = ({ change }: Entry) => Object.assign(change, { actions: ['delete'], after: null });
const destroyGrant = (at: (type: string) => Entry) => destroy(at('azurerm_role_assignment'));

/** Another assignment to the same principal, as it stands after the plan. */
function assignment(values: Values, parts: Values = {}, actions = ['no-op']): Entry {
  const after = {
    principal_id: PRINCIPAL,
    principal_type: 'ServicePrincipal',
    role_definition_name: 'Cognitive Services OpenAI User',
    scope: ACCOUNT,
    ...values,
  };
  const before = actions[0] === 'create' ? null : after;
  return {
    address: 'azurerm_role_assignment.other["a"]',
    mode: 'managed',
    type: 'azurerm_role_assignment',
    name: 'other',
    index: 'a',
    change: {
      actions,
      before,
      after: actions[0] === 'forget' ? null : after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...parts,
    },
  } as Entry;
}

const LOSS = `the role assignment by which ${RELEASE} may call the models of account contoso-chat`;
const LOST = `error violation: this plan destroys ${LOSS}: Azure refuses its calls from then on`;
const UNSEEN =
  'warning unknown: this plan destroys the role assignment by which its holder may call the models of account contoso-chat, ' +
  'and nothing tells whether calls still depend on it';
const DOUBTED = `warning unknown: this plan destroys ${LOSS}; whether another assignment gives the same cannot be read`;

const UNPLACED = `warning unknown: this plan destroys the role assignment by which ${RELEASE} may call the models of account contoso-chat; whether a deployment is there cannot be read`;
const IDENTITY_LOSS = `this plan takes away the identity by which ${RELEASE} may call the models of account contoso-chat`;
const IDENTITY_LOST = `error violation: ${IDENTITY_LOSS}: Azure refuses its calls from then on`;
const NEW_ID = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/new`;

/** The app acts by these identities after the plan. */
function giveInstead(at: (type: string) => Entry, ...ids: readonly string[]): void {
  const { change } = at('azurerm_container_app');
  const held = ids.length === 0 ? [] : [{ type: 'UserAssigned', identity_ids: ids }];
  Object.assign(change, { actions: ['update'], after: { ...change.after, identity: held } });
}

/** Another identity, with the object id `new`. */
function identity(at: (type: string) => Entry, parts: Values = {}): Entry {
  const entry = at('azurerm_user_assigned_identity');
  const values = { ...entry.change.before, id: NEW_ID, name: 'new', principal_id: 'new' };
  const after = 'after_unknown' in parts ? { ...values, principal_id: null } : values;
  return {
    ...entry,
    address: 'azurerm_user_assigned_identity.new',
    change: { ...entry.change, before: values, after, ...parts },
  };
}

describe('access-removed-while-live', () => {
  test('finds the role that goes while a release with users stays', async () => {
    const facts = await reviewed((_plan, at) => destroyGrant(at));
    expect(accessRemovedWhileLive.check({ ...contextOf([]), facts })).toEqual([
      {
        rule: 'access-removed-while-live',
        severity: 'error',
        status: 'violation',
        resource: { address: GRANT, type: 'azurerm_role_assignment' },
        message: `this plan destroys ${LOSS}: Azure refuses its calls from then on`,
        fix: 'keep the assignment until nothing calls by it any more: assign the role that takes its place, apply that, move traffic, and destroy this one in a later plan',
      },
    ]);
  });

  test('says nothing where nothing changes, and nothing without a plan', async () => {
    expect(await found(() => undefined)).toEqual([]);
    expect(accessRemovedWhileLive.check(contextOf([]))).toEqual([]);
  });

  test('says nothing of an assignment that is let go of', async () => {
    expect(
      await found((_plan, at) => {
        Object.assign(at('azurerm_role_assignment').change, { actions: ['forget'], after: null });
      }),
    ).toEqual([]);
  });

  test.each<[string, Values, string[]?]>([
    ['on the account, written in capitals', { scope: `${ACCOUNT.toUpperCase()}/` }],
    ['on the resource group', { scope: GROUP }],
    ['on the subscription', { scope: GROUP.slice(0, GROUP.indexOf('/resourceGroups')) }],
    ['on everything', { scope: '/' }],
    ['of a role that allows more', { role_definition_name: 'cognitive services user' }],
    ['of a role by its id', { role_definition_name: null, role_definition_id: CONTRIBUTOR_ID }],
    ['by the new name of a role', { role_definition_name: 'Foundry User' }],
    ['to the principal in capitals', { principal_id: PRINCIPAL.toUpperCase() }],
    ['that the plan creates', {}, ['create']],
    ['that Terraform lets go of', {}, ['forget']],
    ['that is replaced by a new one before it goes', {}, ['create', 'delete']],
  ])('says nothing where an assignment remains %s', async (_what, values, actions = ['no-op']) => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        plan.resource_changes.push(assignment(values, {}, actions));
      }),
    ).toEqual([]);
  });

  test.each<[string, Values, Values?, string[]?]>([
    ['to somebody else', { principal_id: 'cad0d7f6-4793-f55f-710c-8ab0ef58e381' }],
    ['to whom is not known yet, as the holder is', { principal_id: null }, { after_unknown: { principal_id: true } }],
    ['on another account', { scope: `${ACCOUNT}-2` }],
    ['on a group whose name begins like that one', { scope: `${GROUP}-2` }],
    ['on one project of the account', { scope: `${ACCOUNT}/projects/chat` }],
    ['of a role that calls nothing', { role_definition_name: 'Cognitive Services Contributor' }],
    ['of a role that the team made', { role_definition_name: 'constructor', role_definition_id: '/x/__proto__' }],
    ['that goes as well', {}, { after: null }, ['delete']],
    ['that goes before it comes back', {}, {}, ['delete', 'create']],
  ])('counts no assignment %s', async (_what, values, parts = {}, actions = ['no-op']) => {
    const findings = await found((plan, at) => {
      destroyGrant(at);
      plan.resource_changes.push(assignment(values, parts, actions));
    });
    expect(findings[0]).toBe(LOST);
  });

  test.each<[string, Values, Values]>([
    ['scope', { scope: null }, { after_unknown: { scope: true } }],
    [
      'role',
      { role_definition_name: null },
      { after_unknown: { role_definition_name: true, role_definition_id: true } },
    ],
    ['scope, a secret,', {}, { after_sensitive: { scope: true } }],
    ['subscriptions', { scope: '/providers/Microsoft.Management/managementGroups/all' }, {}],
  ])('is not certain where the %s of another assignment cannot be read', async (_what, values, parts) => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        plan.resource_changes.push(assignment(values, parts));
      }),
    ).toEqual([DOUBTED]);
  });

  test('tells of the time between where the assignment is destroyed first', async () => {
    const replace = (actions: string[], values: Values = {}) =>
      found((_plan, at) => {
        const { change } = at('azurerm_role_assignment');
        Object.assign(change, { actions, after: { ...change.after, ...values } });
      });
    expect(await replace(['delete', 'create'])).toEqual([
      `error violation: this plan destroys, and creates again only then, ${LOSS}: Azure refuses its calls until the new one takes effect`,
    ]);
    expect(await replace(['create', 'delete'])).toEqual([]);
    expect(await replace(['create', 'delete'], { role_definition_name: 'Reader', role_definition_id: null })).toEqual([
      `error violation: this plan replaces by one that does not give the same ${LOSS}: Azure refuses its calls from then on`,
    ]);
  });

  test.each<[string, (plan: Plan, at: (type: string) => Entry) => void]>([
    ['the app', (_plan, at) => destroy(at('azurerm_container_app'))],
    ['the deployment', (_plan, at) => destroy(at('azurerm_cognitive_deployment'))],
    ['the account', (_plan, at) => destroy(at('azurerm_cognitive_account'))],
    ['the resource group', (_plan, at) => destroy(at('azurerm_resource_group'))],
    [
      'the app with its identity',
      (_plan, at) => {
        destroy(at('azurerm_container_app'));
        destroy(at('azurerm_user_assigned_identity'));
      },
    ],
  ])('says nothing where %s goes as well', async (_what, edit) => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        edit(plan, at);
      }),
    ).toEqual([]);
  });

  test.each<[string, (plan: Plan, at: (type: string) => Entry) => void, string[]]>([
    ['is destroyed', (_plan, at) => destroy(at('azurerm_user_assigned_identity')), [LOST]],
    [
      'is destroyed while the app is let go of',
      (_plan, at) => {
        destroy(at('azurerm_user_assigned_identity'));
        Object.assign(at('azurerm_container_app').change, { actions: ['forget'], after: null });
      },
      [LOST],
    ],
    ['is given up by the app', (_plan, at) => giveInstead(at), [LOST]],
    [
      'is exchanged for one with the role',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW' }));
      },
      [],
    ],
    [
      'is exchanged for one with the role on another account',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW', scope: `${ACCOUNT}-2` }));
      },
      [LOST],
    ],
    [
      'is exchanged for one with a role that calls nothing',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW', role_definition_name: 'Reader' }));
      },
      [LOST],
    ],
    [
      'is exchanged for one whose role the plan creates',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW' }, {}, ['create']));
      },
      [LOST.replace('from then on', 'until the new one takes effect')],
    ],
    [
      'is exchanged for one that the plan creates with its role',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(
          identity(at, { actions: ['create'], before: null, after_unknown: { principal_id: true } }),
          assignment({ principal_id: null }, { after_unknown: { principal_id: true } }, ['create']),
        );
      },
      [LOST.replace('from then on', 'until the new one takes effect')],
    ],
    [
      'is exchanged for one that the run does not show',
      (_plan, at) => giveInstead(at, NEW_ID),
      [UNSEEN.replace('its holder', 'azurerm_container_app.chat-2b6a6f321f44')],
    ],
  ])('judges by what the app has after the plan where the identity %s', async (_what, edit, expected) => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        edit(plan, at);
      }),
    ).toEqual(expected);
  });

  test.each<[string, (plan: Plan, at: (type: string) => Entry) => void, string[]]>([
    ['destroyed', (_plan, at) => destroy(at('azurerm_user_assigned_identity')), [IDENTITY_LOST]],
    ['given up by the app', (_plan, at) => giveInstead(at), [IDENTITY_LOST]],
    [
      'exchanged for one with the role',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW' }));
      },
      [],
    ],
    [
      'exchanged for one whose role the plan creates',
      (plan, at) => {
        giveInstead(at, NEW_ID);
        plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW' }, {}, ['create']));
      },
      [IDENTITY_LOST.replace('from then on', 'until the role of its new one takes effect')],
    ],
    [
      'exchanged for one that the run does not show',
      (_plan, at) => giveInstead(at, NEW_ID),
      [`warning unknown: ${IDENTITY_LOSS}; whether another identity gives the same cannot be read`],
    ],
    [
      'destroyed with the app',
      (_plan, at) => {
        destroy(at('azurerm_user_assigned_identity'));
        destroy(at('azurerm_container_app'));
      },
      [],
    ],
    [
      'given up by an app without users',
      (plan, at) => {
        giveInstead(at);
        const rows = JSON.stringify(plan.resource_changes).replaceAll('stable|0|10000', 'retired|0|0');
        plan.resource_changes = JSON.parse(rows) as Entry[];
      },
      [],
    ],
  ])('judges an identity whose role stays and that is %s', async (_what, edit, expected) => {
    expect(await found(edit)).toEqual(expected);
  });

  test('is not certain where the app keeps the identity and has another with the role', async () => {
    const lost = await found((plan, at) => {
      destroyGrant(at);
      const { before, after } = at('azurerm_container_app').change;
      for (const side of [before!, after!]) {
        const [block] = side.identity as { identity_ids: string[] }[];
        side.identity = [{ ...block, identity_ids: [...block!.identity_ids, NEW_ID] }];
      }
      plan.resource_changes.push(identity(at), assignment({ principal_id: 'NEW' }));
    });
    expect(lost).toEqual([UNSEEN.replace('its holder', 'azurerm_container_app.chat-2b6a6f321f44')]);
  });

  test.each<[string, Values, string[]]>([
    [
      'account, a secret,',
      { before_sensitive: { cognitive_account_id: true }, after_sensitive: { cognitive_account_id: true } },
      [UNPLACED],
    ],
    ['account before the apply', { after_unknown: { cognitive_account_id: true } }, [LOST]],
    ['name', { after_sensitive: { name: true } }, [LOST]],
  ])('is not certain where the %s of the deployment cannot be read', async (_what, parts, expected) => {
    expect(
      await found((_plan, at) => {
        destroyGrant(at);
        Object.assign(at('azurerm_cognitive_deployment').change, parts, { actions: ['update'] });
      }),
    ).toEqual(expected);
  });

  test.each<[string, Values, Values]>([
    ['a condition', { condition: "@Resource[x] StringEquals 'y'" }, {}],
    ['a condition that is a secret', { condition: 'x' }, { after_sensitive: { condition: true } }],
    ['a condition that is not known yet', {}, { after_unknown: { condition: true } }],
  ])('is not certain where another assignment has %s', async (_what, values, parts) => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        plan.resource_changes.push(assignment(values, parts));
      }),
    ).toEqual([DOUBTED]);
  });

  test('takes what the plan shows of an identity before the type that the assignment states', async () => {
    const asUser = (edit: (at: (type: string) => Entry) => void) =>
      found((_plan, at) => {
        destroyGrant(at);
        at('azurerm_role_assignment').change.before!.principal_type = 'User';
        edit(at);
      });
    expect(await asUser(() => undefined)).toEqual([LOST]);
    expect(await asUser((at) => destroy(at('azurerm_user_assigned_identity')))).toEqual([LOST]);
  });

  test('judges apps by the identity that they share once, however many of its roles go', async () => {
    const facts = await reviewed((plan, at) => {
      const grant = at('azurerm_role_assignment');
      destroy(grant);
      for (let index = 0; index < 200; index++) {
        plan.resource_changes.push({ ...grant, address: `azurerm_role_assignment.r[${index}]` });
      }
    });
    const from = jest.spyOn(CallsBefore.prototype, 'from');
    expect(inRun(facts)).toHaveLength(201);
    expect(from.mock.calls.length).toBeLessThan(5);
    from.mockRestore();
  });

  test('is certain where the identities of the app are known only after the apply', async () => {
    expect(
      await found((_plan, at) => {
        destroyGrant(at);
        const { change } = at('azurerm_container_app');
        Object.assign(change, {
          actions: ['update'],
          after: { ...change.after, identity: null },
          after_unknown: { identity: true },
        });
      }),
    ).toEqual([LOST]);
  });

  test('says nothing where a router sends no users to the release any more', async () => {
    expect(
      await found((plan, at) => {
        destroyGrant(at);
        const rows = JSON.stringify(plan.resource_changes).replaceAll('stable|0|10000', 'retired|0|0');
        plan.resource_changes = JSON.parse(rows) as Entry[];
      }),
    ).toEqual([]);
  });

  test('is unknown where nothing tells who has the identity', async () => {
    const grant = (values: Values, parts: Values = {}) =>
      found((_plan, at) => {
        destroyGrant(at);
        const { change } = at('azurerm_role_assignment');
        Object.assign(change, parts, { before: { ...change.before, ...values } });
      });
    expect(await grant({ principal_id: 'somebody', principal_type: 'Group' })).toEqual([UNSEEN]);
    expect(await grant({ principal_id: null })).toEqual([UNSEEN]);
    expect(await grant({}, { before_sensitive: { principal_id: true } })).toEqual([UNSEEN]);
    expect(await grant({ principal_id: 'somebody', principal_type: 'User' })).toEqual([]);
  });

  test('is unknown where who has the identity is no release and no gateway', async () => {
    expect(
      await found((_plan, at) => {
        destroyGrant(at);
        const { before, after } = at('azurerm_api_management').change;
        before!.identity = after!.identity = [{ principal_id: 'service' }];
        at('azurerm_role_assignment').change.before!.principal_id = 'SERVICE';
      }),
    ).toEqual([UNSEEN.replace('its holder', 'azurerm_api_management.service')]);
  });

  test.each<[string, string, string[]]>([
    ['a deployment of the account', 'models', ['error violation: GONE: Azure refuses its calls from then on']],
    ['another account', 'other', []],
  ])('knows a gateway with routes to %s', (_what, target, expected) => {
    const [ours, called] = ['models', target].map((name) =>
      deployment({ account: `${GROUP}/providers/Microsoft.CognitiveServices/accounts/${name}` }),
    );
    const gone = {
      scope: known(valueOf(ours!.account)!),
      principal: known('P'),
      isPerson: false,
      reach: 'all',
      mayNotExist: false,
    } as const;
    const held = { principals: ['p'], assigned: [], hasUnread: false };
    const route = {
      origin: { address: 'api.policy', type: 'azurerm_api_management_api_policy' },
      path: 'xml_content',
      service: 'azurerm_api_management.g',
      place: 'inbound',
      key: 'chat@1',
      aliases: [],
      answersItself: false,
      targets: [{ place: 'backend', serves: called }],
      mayHaveOtherTargets: false,
    };
    const facts = plan({
      deployments: [{ outcome: 'kept', before: ours, after: ours }],
      before: { gateway: { apis: [], routes: [route], missing: [], unread: [], keys: [] } },
      access: {
        assignments: [{ address: 'r', type: 'azurerm_role_assignment', action: 'delete', before: gone }],
        holders: [{ address: 'azurerm_api_management.g', type: 'azurerm_api_management', before: held, after: held }],
      },
    });
    const by =
      'this plan destroys the role assignment by which route chat@1 (api.policy) may call the models of account models';
    expect(inRun(facts)).toEqual(expected.map((finding) => finding.replace('GONE', by)));
  });

  test('reads azapi, with its body as an object and as text', async () => {
    const azapi = (body: unknown) =>
      found((_plan, at) => {
        const entry = at('azurerm_role_assignment');
        const values = { type: 'Microsoft.Authorization/roleAssignments@2022-04-01', parent_id: ACCOUNT, body };
        Object.assign(entry, { type: 'azapi_resource', address: 'azapi_resource.grant' });
        Object.assign(entry.change, { actions: ['delete'], before: values, after: null });
      });
    const body = { properties: { principalId: PRINCIPAL, roleDefinitionId: CONTRIBUTOR_ID } };
    expect(await azapi(body)).toEqual([LOST]);
    expect(await azapi(JSON.stringify(body))).toEqual([LOST]);
    expect(await azapi({ properties: { ...body.properties, roleDefinitionId: '/x/reader' } })).toEqual([]);
    const updated = await found((_plan, at) => {
      const entry = at('azurerm_role_assignment');
      const values = { type: 'Microsoft.Authorization/roleAssignments@2022-04-01', parent_id: ACCOUNT, body };
      Object.assign(entry, { type: 'azapi_resource', address: 'azapi_resource.grant' });
      const parts = { actions: ['update'], before: values, after: { ...values, body: null } };
      Object.assign(entry.change, parts, { after_unknown: { body: true } });
    });
    expect(updated).toEqual([DOUBTED.replace('destroys', 'replaces by one that does not give the same')]);
  });

  test('finds the app and the role in two plans of one run', async () => {
    const isGrant = ({ type }: Entry) => type === 'azurerm_role_assignment';
    const only = (keep: (entry: Entry) => boolean) =>
      reviewed((plan, at) => {
        destroyGrant(at);
        plan.resource_changes = plan.resource_changes.filter(keep);
      });
    const [platform, chat] = [await only(isGrant), await only((entry) => !isGrant(entry))];
    expect(inRun(platform, chat)).toEqual([LOST]);
    expect(inRun(platform)).toEqual([]);
  });

  test.each([0, -1, 'x', [], {}, true, '/'.repeat(100_000), `${ACCOUNT}${'/x'.repeat(100_000)}`])(
    'is not led astray by the scope %#',
    async (scope) => {
      const findings = await found((_plan, at) => {
        destroyGrant(at);
        at('azurerm_role_assignment').change.before!.scope = scope;
      });
      expect(findings.every((finding) => finding.length < 400)).toBe(true);
      expect(findings.length).toBeLessThanOrEqual(1);
    },
  );
});

test.each(Object.values(InvokeRole))('%s is known as a role that calls models', (role) => {
  expect(inferenceReach(role)).not.toBe('none');
});

test.each([
  ['Cognitive Services OpenAI User', 'openai'],
  ['5E0BD9BD-7b93-4f28-af87-19fc36ad61bd', 'openai'],
  [CONTRIBUTOR_ID, 'openai'],
  ['a97b65f3-24c7-4388-baec-2e87135dc908', 'all'],
  ['Azure AI User', 'all'],
  ['Azure AI Developer', 'all'],
  ['Owner', 'none'],
  ['', 'none'],
])('%s reaches %s', (role, reach) => {
  expect(inferenceReach(role)).toBe(reach);
});
