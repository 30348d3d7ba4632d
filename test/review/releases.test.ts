import { ReleaseReview } from '../../lib/review/change-report';
import { accounts } from '../rules/gateway-stack';
import { apps, DIGEST, IMAGE, orchestrator, prompt, Release, release, router } from '../rules/release-stack';
import { plannedResources, reported } from './planned';

const OLD_KEY = 'gpt-7-chat@2024-01-01';
const NEW_KEY = 'gpt-7-chat@2025-01-01';

const MODELS = accounts({ eu: { chat: OLD_KEY, next: NEW_KEY } });
const OTHER_IMAGE = `assistants/support@sha256:${'cd'.repeat(32)}`;

const old = release({ models: { chat: OLD_KEY } });

function app(of: Release, deployment: string, image = IMAGE) {
  const wired = orchestrator(of, { MODEL_CHAT_DEPLOYMENT: deployment }) as { template: { container: object[] } };
  return { ...wired, template: { container: [{ ...wired.template.container[0], image }] } };
}

/** The plan puts a release beside another one, and a router sends half of the users to it. */
function beside(current: Release, image?: string) {
  const apart = { stable: app(old, 'chat') };
  const split = [
    { label: old.label, row: 'stable|0|5000', to: 'stable' },
    { label: current.label, row: 'canary|5000|10000', to: 'canary' },
  ];
  const before = [MODELS, apps(apart), router([{ label: old.label, row: 'stable|0|10000', to: 'stable' }])];
  const after = [MODELS, apps({ ...apart, canary: app(current, 'next', image) }), router(split)];
  return reported(plannedResources(before, after));
}

function added(current: Release, image?: string): ReleaseReview {
  const { releases } = beside(current, image);
  expect(releases).toHaveLength(1);
  return releases[0]!;
}

describe('a release that comes beside the stable one', () => {
  test('is compared with it', () => {
    const current = release({ models: { chat: NEW_KEY }, text: 'Another text.' });
    expect(added(current)).toEqual({
      input: 'a.json',
      address: 'azurerm_container_app.canary',
      label: current.label,
      releaseId: current.id,
      outcome: 'added',
      predecessor: old.label,
      models: [
        {
          role: 'chat',
          from: {
            format: 'OpenAI',
            name: 'gpt-7-chat',
            version: '2024-01-01',
            stage: 'generally-available',
            retirementDate: '2026-12-24',
            daysLeft: 33,
            unread: [],
          },
          to: expect.objectContaining({ version: '2025-01-01', retirementDate: '2029-01-01' }),
          update: expect.objectContaining({
            scope: 'minor-version',
            driver: 'required',
            driverReason: 'gpt-7-chat@2024-01-01 retires on 2026-12-24, in 33 days',
          }),
        },
      ],
      differences: ["prompt 'system'"],
      evaluation: { evidence: 'none' },
    });
  });

  const withOther = (content: object): Release => {
    const written = release({ models: { chat: NEW_KEY } });
    return { ...written, text: JSON.stringify({ ...(JSON.parse(written.text) as object), ...content }) };
  };

  test.each<[string, Release, breadth: string, evidence: string, detail: string]>([
    [
      'another prompt',
      release({ models: { chat: NEW_KEY }, text: 'Another text.' }),
      'prompt',
      'changed',
      "prompt 'system' has another text",
    ],
    [
      'the same prompt made for the new version',
      release({ models: { chat: NEW_KEY } }),
      'prompt',
      'unchanged',
      "the prompts of role 'chat' keep their texts; made for other versions now: prompt 'system'",
    ],
    [
      'a prompt more',
      release({
        models: { chat: NEW_KEY },
        prompts: {
          system: prompt('You help customers of ${shop}.', 'chat', [NEW_KEY]),
          tone: prompt('Be kind.', 'chat', [NEW_KEY]),
        },
      }),
      'prompt',
      'changed',
      "prompt 'tone' is new",
    ],
    [
      'the same config',
      release({ models: { chat: NEW_KEY } }),
      'modelConfig',
      'unchanged',
      "the config of role 'chat' stays as it is",
    ],
    [
      'another config',
      withOther({
        models: {
          chat: { format: 'OpenAI', name: 'gpt-7-chat', version: '2025-01-01', config: { temperature: 1, seed: 7 } },
        },
      }),
      'modelConfig',
      'changed',
      "seed, temperature of role 'chat' changed",
    ],
    [
      'another image',
      release({ models: { chat: NEW_KEY }, image: OTHER_IMAGE }),
      'orchestrationLogic',
      'changed',
      'another image',
    ],
    [
      'another orchestration',
      withOther({ orchestration: '2.4.0' }),
      'orchestrationLogic',
      'changed',
      'orchestration 2.3.0 becomes 2.4.0',
    ],
    [
      'the same image',
      release({ models: { chat: NEW_KEY } }),
      'orchestrationLogic',
      'unchanged',
      'the image stays, and so does orchestration 2.3.0',
    ],
    [
      'an index',
      withOther({ knowledge: { index: 'docs', embeddingModel: 'gpt-3-embed@1', dimensions: 8 } }),
      'groundingData',
      'changed',
      "index 'docs' is new",
    ],
  ])('%s is seen', (_, current, breadth, evidence, detail) => {
    const { models } = added(current);
    expect(models[0]!.update!.breadths).toContainEqual(expect.objectContaining({ breadth, evidence, detail }));
  });

  test('grounding data is not visible where no release names an index', () => {
    const current = release({ models: { chat: NEW_KEY } });
    expect(added(current).models[0]!.update!.breadths[4]).toEqual({
      breadth: 'groundingData',
      need: 'check',
      evidence: 'not-visible',
      detail: `release ${current.label} names no index`,
    });
  });

  test('an image that the manifest does not name is a difference of its own', () => {
    expect(added(release({ models: { chat: NEW_KEY } }), OTHER_IMAGE).differences).toEqual([
      'image, which the manifest does not name',
      "versions that prompt 'system' is made for",
    ]);
  });
});

describe('evidence for deployments', () => {
  const evidenceOf = (...resources: Parameters<typeof plannedResources>) => {
    const [review] = reported(plannedResources(...resources)).deployments;
    return review!.update!.breadths.map(({ evidence, detail }) => `${evidence}: ${detail}`).slice(1, 3);
  };
  const inPlace = [accounts({ eu: { chat: OLD_KEY } }), accounts({ eu: { chat: NEW_KEY } })] as const;

  test('a release that stays as it is has changed nothing', () => {
    const same = apps({ stable: app(old, 'chat') });
    expect(evidenceOf([inPlace[0], same], [inPlace[1], same])).toEqual([
      "unchanged: the config of role 'chat' stays as it is",
      "unchanged: the prompts of role 'chat' keep their texts",
    ]);
  });

  test('a release that takes the place of the one before shows its prompt', () => {
    const current = release({ models: { chat: NEW_KEY }, text: 'Another text.' });
    expect(
      evidenceOf(
        [inPlace[0], apps({ stable: app(old, 'chat') })],
        [inPlace[1], apps({ stable: app(current, 'chat') })],
      ),
    ).toEqual(["unchanged: the config of role 'chat' stays as it is", "changed: prompt 'system' has another text"]);
  });

  test('a release of another stack that goes to the same model shows nothing of this one', () => {
    const current = release({ models: { chat: NEW_KEY }, text: 'Another text.' });
    const [own] = reported(
      plannedResources([inPlace[0]], [inPlace[1]]),
      plannedResources([apps({ stable: app(old, 'chat') })], [apps({ stable: app(current, 'chat') })]),
    ).deployments;
    expect(own!.update!.breadths[2]).toMatchObject({
      evidence: 'not-visible',
      detail: 'no release under review binds it',
    });
  });

  test('without a release nothing is visible', () => {
    expect(evidenceOf([inPlace[0]], [inPlace[1]])).toEqual([
      'not-visible: no release under review binds it',
      'not-visible: no release under review binds it',
    ]);
  });

  test('a release with nothing before it proves nothing', () => {
    const current = release({ models: { chat: NEW_KEY } });
    const detail = `not-visible: release ${current.label} is new and no earlier one is there to compare it with`;
    expect(evidenceOf([inPlace[0]], [inPlace[1], apps({ stable: app(current, 'chat') })])).toEqual([detail, detail]);
  });

  test('a deployment that comes beside the old one is an update once a release moves to it', () => {
    const current = release({ models: { chat: NEW_KEY }, text: 'Another text.' });
    const before = [accounts({ eu: { chat: OLD_KEY } }), apps({ stable: app(old, 'chat') })];
    const after = [MODELS, apps({ stable: app(old, 'chat'), canary: app(current, 'next') })];
    const [review, ...others] = reported(plannedResources(before, after)).deployments;
    expect(others).toEqual([]);
    expect(review).toMatchObject({
      deployment: 'next',
      outcome: 'created',
      predecessor: { deployment: 'chat', isKept: true, model: { version: '2024-01-01' } },
      update: { scope: 'minor-version' },
      remarks: [`release ${current.label} moves to it from the one that is kept: gpt-7-chat@2024-01-01`],
    });
    expect(review!.update!.breadths[2]).toMatchObject({
      evidence: 'changed',
      detail: "prompt 'system' has another text",
    });
  });

  test('a deployment that nothing leads to yet is no update', () => {
    const [review] = reported(plannedResources([accounts({ eu: { chat: OLD_KEY } })], [MODELS])).deployments;
    expect(review).toMatchObject({ deployment: 'next', outcome: 'created', remarks: [] });
    expect(review).not.toHaveProperty('update');
  });
});

describe('releases that come, go or are edited', () => {
  const outcomesOf = (before: object, after: object) =>
    reported(plannedResources([MODELS, apps(before as never)], [MODELS, apps(after as never)])).releases.map(
      ({ outcome, label, predecessor, differences }) => ({ outcome, label, predecessor, differences }),
    );

  test('the first one has no predecessor and shows its models', () => {
    const [review] = reported(plannedResources([MODELS], [MODELS, apps({ a: app(old, 'chat') })])).releases;
    expect(review).toMatchObject({
      outcome: 'added',
      differences: [],
      models: [{ role: 'chat', to: { version: '2024-01-01' } }],
    });
    expect(review).not.toHaveProperty('predecessor');
  });

  test('one that goes shows the models that it had', () => {
    const [review] = reported(plannedResources([MODELS, apps({ a: app(old, 'chat') })], [MODELS])).releases;
    expect(review).toMatchObject({
      outcome: 'removed',
      label: old.label,
      models: [{ role: 'chat', from: { version: '2024-01-01' } }],
    });
  });

  test('without a router the one of the same name is the predecessor', () => {
    const current = release({ text: 'New.' });
    const other = release({ name: 'sales', text: 'Sales.' });
    expect(
      outcomesOf({ a: app(old, 'chat'), b: app(other, 'chat') }, { a: app(current, 'chat'), b: app(other, 'chat') }),
    ).toEqual([
      {
        outcome: 'added',
        label: current.label,
        predecessor: old.label,
        differences: ["prompt 'system'"],
      },
      { outcome: 'removed', label: old.label, predecessor: undefined, differences: [] },
    ]);
  });

  test('two that could be the predecessor are none', () => {
    const [second, third] = [release({ text: 'Second.' }), release({ text: 'Third.' })];
    const standing = { a: app(old, 'chat'), b: app(second, 'chat') };
    expect(outcomesOf(standing, { ...standing, c: app(third, 'chat') })).toEqual([
      { outcome: 'added', label: third.label, predecessor: undefined, differences: [] },
    ]);
  });

  test('the same label with another image is edited', () => {
    expect(outcomesOf({ a: app(old, 'chat') }, { a: app(old, 'chat', OTHER_IMAGE) })).toEqual([
      {
        outcome: 'edited',
        label: old.label,
        predecessor: undefined,
        differences: ['image, which the manifest does not name'],
      },
    ]);
  });

  test('another registry with the same digest is no edit', () => {
    expect(outcomesOf({ a: app(old, 'chat') }, { a: app(old, 'chat', `mirror/support@${DIGEST}`) })).toEqual([]);
  });
});
