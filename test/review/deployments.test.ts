import { UpdateScope } from '../../lib/catalog/breadths';
import { known, unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { DeploymentReview } from '../../lib/review/change-report';
import { lark, plannedDeployments, reported } from './planned';

const OLD = lark('chat-2024', 'lark@2024-01-01');
const CURRENT = lark('chat-2025', 'lark@2025-01-01');
const NEW = lark('chat-2026', 'lark@2026-01-01');

function reviewsOf(changes: readonly DeploymentChange[]): readonly DeploymentReview[] {
  return reported(plannedDeployments(changes)).deployments;
}

function onlyReview(change: DeploymentChange): DeploymentReview {
  const [review, ...others] = reviewsOf([change]);
  expect(others).toEqual([]);
  return review!;
}

describe('what an update amounts to', () => {
  test.each<[string, from: readonly [string, string?], to: readonly [string, string?], UpdateScope]>([
    ['minor version', ['GPT-3.5-Turbo'], ['GPT-3.5-Turbo-0125'], 'minor-version'],
    ['intermediate version', ['GPT-3'], ['GPT-3.5'], 'intermediate-version'],
    ['major version', ['GPT-3'], ['GPT-4'], 'major-version'],
    ['variant', ['GPT-4'], ['GPT-4-Turbo'], 'variant'],
    ['variant of a newer generation', ['GPT-4'], ['GPT-4o-mini'], 'variant'],
    ['generation', ['GPT-4'], ['GPT-4o'], 'generation'],
    ['model change (general)', ['GPT-4'], ['DeepSeek'], 'model-change-general'],
    ['model change (specialised)', ['GPT-4'], ['Prizedata'], 'model-change-specialised'],
    ['deployment option', ['Llama-1', 'managed-online-endpoint'], ['Llama-1', 'self-hosted'], 'deployment-option'],
  ])("the article's example of a %s", (_, [from, oldSku = 'Standard'], [to, sku = 'Standard'], scope) => {
    const format = { state: 'absent' } as const;
    const review = onlyReview({
      outcome: 'changed-in-place',
      before: lark('chat', from, { format, sku: oldSku }),
      after: lark('chat', to, { format, sku }),
    });
    expect(review.update).toMatchObject({ scope });
    expect(review.update!.breadths.map(({ breadth }) => breadth)).toEqual([
      'model',
      'modelConfig',
      'prompt',
      'orchestrationLogic',
      'groundingData',
    ]);
  });

  test('a version change is told whole', () => {
    expect(
      onlyReview({
        outcome: 'changed-in-place',
        before: lark('chat', 'lark@2024-01-01'),
        after: lark('chat', 'lark@2026-01-01'),
      }),
    ).toEqual({
      input: 'a.json',
      address: 'azurerm_cognitive_deployment.chat',
      account: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/eu',
      deployment: 'chat',
      outcome: 'changed-in-place',
      from: {
        format: 'Acme',
        name: 'lark',
        version: '2024-01-01',
        sku: 'GlobalStandard',
        stage: 'retired',
        retirementDate: '2025-02-13',
        daysLeft: -646,
        unread: [],
      },
      to: {
        format: 'Acme',
        name: 'lark',
        version: '2026-01-01',
        sku: 'GlobalStandard',
        stage: 'generally-available',
        retirementDate: '2028-06-01',
        daysLeft: 558,
        unread: [],
      },
      update: {
        scope: 'minor-version',
        direction: 'forward',
        reason: 'lark stays, its version changes from 2024-01-01 to 2026-01-01',
        driver: 'required',
        driverReason: 'lark@2024-01-01 retired on 2025-02-13, 646 days ago',
        breadths: [
          {
            breadth: 'model',
            need: 'must',
            evidence: 'changed',
            detail: 'lark@2024-01-01 gives way to lark@2026-01-01',
          },
          ...['modelConfig', 'prompt', 'orchestrationLogic', 'groundingData'].map((breadth) => ({
            breadth,
            need: 'check',
            evidence: 'not-visible',
            detail: 'no release under review binds it',
          })),
        ],
      },
      remarks: ['every caller of this deployment gets the other model at once, without a ramp and without a way back'],
    });
  });

  test.each([
    ['lark@2024-01-01', 'GlobalStandard', 'required', 'lark@2024-01-01 retired on 2025-02-13, 646 days ago'],
    ['lark@2025-01-01', 'GlobalStandard', 'required', 'lark@2025-01-01 retires on 2027-01-10, in 50 days'],
    ['lark@2025-01-01', 'Standard', 'required', 'lark@2025-01-01 retires on 2026-12-01, in 10 days'],
    [
      'lark-lite@1',
      'GlobalStandard',
      'voluntary',
      'lark-lite@1 retires on 2028-06-01, in 558 days, more than the 120 days of the warning',
    ],
    ['lark@nightly', 'GlobalStandard', 'voluntary', 'the catalogue does not know when lark@nightly retires'],
  ])('leaving %s on %s is %s', (key, sku, driver, driverReason) => {
    const change = {
      outcome: 'replaced',
      before: lark('chat', key, { sku }),
      after: lark('chat', 'owl@1', { sku }),
    } as const;
    expect(onlyReview(change).update).toMatchObject({ driver, driverReason });
  });

  test('a model that no family lists is said to be assumed', () => {
    const change = {
      outcome: 'replaced',
      before: lark('chat', 'lark@2025-01-01'),
      after: lark('chat', 'roc@1'),
    } as const;
    expect(onlyReview(change)).toMatchObject({
      to: { name: 'roc', version: '1', unread: [] },
      update: {
        scope: 'model-change-general',
        reason:
          "lark@2025-01-01 (acme-lark) and roc@1 are different models (assumed: no family lists 'roc'; add it to the families of an overlay)",
      },
    });
    expect(onlyReview(change).to).not.toHaveProperty('stage');
  });

  test('what is known only after the apply is neither compared nor dated', () => {
    const after = lark('chat', 'lark@1', { version: unknown('${data.x.version}') });
    const review = onlyReview({ outcome: 'changed-in-place', before: lark('chat', 'lark@2025-01-01'), after });
    expect(review.to).toEqual({ format: 'Acme', name: 'lark', sku: 'GlobalStandard', unread: ['version'] });
    expect(review.update).toBeUndefined();
    expect(review.remarks).toEqual([
      'every caller of this deployment gets the other model at once, without a ramp and without a way back',
      'version is known only after the apply',
    ]);
  });

  test('a step back and another SKU at once are told in one', () => {
    const review = onlyReview({
      outcome: 'replaced',
      replaceOrder: 'destroy-first',
      before: lark('chat', 'lark@2026-01-01'),
      after: lark('chat', 'lark@2025-01-01', { sku: 'Standard' }),
    });
    expect(review.update).toMatchObject({
      direction: 'backward',
      reason: 'lark stays, its version changes from 2026-01-01 to 2025-01-01; the hosting changes as well',
    });
  });
});

test('texts of others reach the report as they are, which writers have to escape', () => {
  const text = '<b>#1</b> @all ::error::\u001b[31m`|\u202e';
  const review = onlyReview({
    outcome: 'changed-in-place',
    before: lark(text, 'lark@2025-01-01', { account: text, sku: text }),
    after: lark(text, text, { account: text, sku: text, address: text, constructPath: text }),
  });
  expect(review).toMatchObject({
    address: text,
    constructPath: text,
    account: text,
    deployment: text,
    to: { name: text.split('@')[0], version: text.split('@')[1], sku: text },
  });
  expect(review.update!.breadths[0]!.detail).toContain(text.split('@')[0]);
});

const RETIRED = lark('chat-2025', 'lark@2024-01-01');

describe('remarks', () => {
  const same = { before: CURRENT, after: CURRENT };
  test.each<[string, DeploymentChange, readonly string[]]>([
    [
      'replaced, the old one first',
      { outcome: 'replaced', replaceOrder: 'destroy-first', ...same },
      ['calls fail from the destruction of the old one until the new one is there'],
    ],
    [
      'replaced, the new one first under the same name',
      { outcome: 'replaced', replaceOrder: 'create-first', ...same },
      ['the new one is created before the old one is destroyed, which Azure refuses because the name is taken'],
    ],
    [
      'replaced, the new one first under another name',
      { outcome: 'replaced', replaceOrder: 'create-first', before: CURRENT, after: NEW },
      ['the new one is there before the old one goes; calls to the old name fail from then on'],
    ],
    [
      'recreated elsewhere',
      { outcome: 'recreated', ...same },
      ['nothing orders destruction and creation: calls may fail in between, and the creation while the old one exists'],
    ],
    [
      'moved',
      {
        outcome: 'moved',
        before: CURRENT,
        after: { ...CURRENT, origin: { ...CURRENT.origin, address: 'module.m.x.y' } },
      },
      ['only its address changes'],
    ],
    [
      'replaced by a retired model, the old one first',
      { outcome: 'replaced', replaceOrder: 'destroy-first', before: CURRENT, after: RETIRED },
      ['the old one is destroyed, and Azure refuses to create one of a retired model: then the name stays gone'],
    ],
    [
      'replaced by a retired model, the new one first',
      { outcome: 'replaced', replaceOrder: 'create-first', before: CURRENT, after: RETIRED },
      ['Azure refuses to create one of a retired model, and then the old one stays and applying fails'],
    ],
    [
      'changed in place to a retired model',
      { outcome: 'changed-in-place', before: CURRENT, after: RETIRED },
      ['Azure refuses the change, so that applying fails and callers keep the old model'],
    ],
    [
      'changed in place to another SKU',
      {
        outcome: 'changed-in-place',
        before: CURRENT,
        after: lark('chat-2025', 'lark@2025-01-01', { sku: 'Standard' }),
      },
      ['every call goes to the other SKU at once'],
    ],
    ['imported', { outcome: 'imported', after: CURRENT }, ['it exists on Azure, and Terraform adopts it']],
    [
      'forgotten',
      { outcome: 'forgotten', before: CURRENT },
      ['Terraform lets go of it; it lives on, and no later plan shows when its model retires'],
    ],
    [
      'kept with more capacity',
      { outcome: 'kept', before: { ...CURRENT, capacity: known(10) }, after: { ...CURRENT, capacity: known(20) } },
      ['capacity goes from 10 to 20'],
    ],
    [
      'kept with another upgrade option',
      {
        outcome: 'kept',
        before: CURRENT,
        after: lark('chat-2025', 'lark@2025-01-01', { versionUpgradeOption: { state: 'absent' } }),
      },
      ['version upgrade option goes from NoAutoUpgrade to none'],
    ],
    [
      'created perhaps',
      { outcome: 'created', after: { ...CURRENT, mayNotExist: true } },
      ['count or for_each cannot be read, so that there may be no such deployment'],
    ],
  ])('%s', (_, change, remarks) => {
    expect(onlyReview(change).remarks).toEqual(remarks);
  });

  test('a move whose facts before have the new address already shows the old one', () => {
    const resources = new Map([
      [
        CURRENT.origin.address,
        { ...CURRENT.origin, action: 'no-op' as const, previousAddress: 'a.old', replacePaths: [] },
      ],
    ]);
    const [review] = reported(plannedDeployments([{ outcome: 'moved', ...same }], { resources })).deployments;
    expect(review).toMatchObject({ previousAddress: 'a.old', remarks: ['only its address changes'] });
  });

  test.each([
    ['by auto-upgrade', 'OnceNewDefaultVersionAvailable', 'Azure moved it from lark@2025-01-01 by auto-upgrade'],
    ['otherwise', 'NoAutoUpgrade', 'something other than Terraform moved it from lark@2025-01-01'],
  ])('a change that takes back what came %s is voluntary for that reason', (_, versionUpgradeOption, cause) => {
    const recorded = lark('chat-2025', 'lark@2025-01-01', { versionUpgradeOption });
    const found = lark('chat-2025', 'lark@2026-01-01', { versionUpgradeOption });
    const drift = [{ address: recorded.origin.address, recorded, found, planned: recorded }];
    const [review] = reported(
      plannedDeployments([{ outcome: 'changed-in-place', before: found, after: recorded }], { drift }),
    ).deployments;
    expect(review!.update).toMatchObject({
      direction: 'backward',
      driver: 'voluntary',
      driverReason: `${cause}; applying takes that back`,
    });
  });

  test('a deployment that is kept as it is has no entry', () => {
    expect(reviewsOf([{ outcome: 'kept', ...same }])).toEqual([]);
  });

  test('drift is told of a deployment that the plan keeps', () => {
    const [review] = reported(
      plannedDeployments([{ outcome: 'kept', before: NEW, after: NEW }], {
        drift: [
          { address: NEW.origin.address, recorded: lark('chat-2026', 'lark@2025-01-01'), found: NEW, planned: NEW },
        ],
      }),
    ).deployments;
    expect(review).toMatchObject({
      outcome: 'kept',
      remarks: [
        'something other than Terraform changed it since the last apply: lark@2025-01-01 was left and lark@2026-01-01 is there',
      ],
    });
  });
});

describe('succession', () => {
  const destroyed = (...facts: readonly DeploymentChange['before'][]) =>
    facts.map((before): DeploymentChange => ({ outcome: 'destroyed', before }));
  const created = (...facts: readonly DeploymentChange['after'][]) =>
    facts.map((after): DeploymentChange => ({ outcome: 'created', after }));
  const pairsOf = (changes: readonly DeploymentChange[]) =>
    reviewsOf(changes).flatMap(({ outcome, deployment, successor }) =>
      outcome === 'superseded' ? [`${deployment} > ${successor!.deployment}`] : [],
    );

  test('the destroyed one is superseded, and the created one tells the update', () => {
    const [first, second] = reviewsOf([...destroyed(CURRENT), ...created(NEW)]);
    expect(first).toMatchObject({
      deployment: 'chat-2026',
      outcome: 'created',
      predecessor: {
        address: CURRENT.origin.address,
        deployment: 'chat-2025',
        isKept: false,
        model: { version: '2025-01-01' },
      },
      update: { scope: 'minor-version', direction: 'forward', driver: 'required' },
      remarks: ['it takes the place of a deployment that is destroyed: lark@2025-01-01'],
    });
    expect(second).toMatchObject({
      deployment: 'chat-2025',
      outcome: 'superseded',
      successor: { address: NEW.origin.address, deployment: 'chat-2026' },
    });
    expect(second).not.toHaveProperty('update');
  });

  const standard = (name: string, key: string) => lark(name, key, { sku: 'Standard' });
  test.each<[string, readonly DeploymentChange[], readonly string[]]>([
    ['one and one', [...destroyed(OLD), ...created(NEW)], ['chat-2024 > chat-2026']],
    ['two of the same model cannot be told apart', [...destroyed(OLD, CURRENT), ...created(NEW)], []],
    ['nor can two new ones', [...destroyed(OLD), ...created(CURRENT, NEW)], []],
    [
      'the SKU tells two apart',
      [...destroyed(OLD, standard('s', 'lark@2024-01-01')), ...created(NEW, standard('t', 'lark@2026-01-01'))],
      ['chat-2024 > chat-2026', 's > t'],
    ],
    [
      'the same version comes first',
      [...destroyed(OLD), ...created(NEW, lark('renamed', 'lark@2024-01-01'))],
      ['chat-2024 > renamed'],
    ],
    [
      'a model of the family',
      [...destroyed(OLD), ...created(lark('lite', 'lark-lite@1'), lark('owl', 'owl@1'))],
      ['chat-2024 > lite'],
    ],
    ['the only other model', [...destroyed(OLD), ...created(lark('owl', 'owl@1'))], ['chat-2024 > owl']],
    ["a model for embeddings takes nobody's place", [...destroyed(OLD), ...created(lark('v', 'vector@2'))], []],
    [
      'each kind has its own successor',
      [...destroyed(OLD, lark('v1', 'vector@1')), ...created(lark('v2', 'vector@2'), lark('owl', 'owl@1'))],
      ['chat-2024 > owl', 'v1 > v2'],
    ],
    ['two unknown models fit alike', [...destroyed(OLD), ...created(lark('x', 'roc@1'), lark('y', 'ruc@1'))], []],
    [
      'another account is another matter',
      [...destroyed(OLD), ...created(lark('chat', 'lark@2026-01-01', { account: `${OLD.origin.address}/us` }))],
      [],
    ],
    [
      'no account, no succession',
      [
        ...destroyed(lark('a', 'lark@2024-01-01', { account: { state: 'absent' } })),
        ...created(lark('b', 'lark@2026-01-01', { account: { state: 'absent' } })),
      ],
      [],
    ],
    [
      'the same expression is the same account',
      [
        ...destroyed(lark('a', 'lark@2024-01-01', { account: unknown('${x.id}') })),
        ...created(lark('b', 'lark@2026-01-01', { account: unknown('${x.id}') })),
      ],
      ['a > b'],
    ],
    [
      'what cannot be read is paired with nothing',
      [
        ...destroyed(OLD),
        ...created(lark('b', 'lark@1', { version: unknown('${var.v}'), model: unknown('${var.m}') })),
      ],
      [],
    ],
  ])('%s', (_, changes, expected) => {
    expect(pairsOf(changes)).toEqual(expected);
  });
});
