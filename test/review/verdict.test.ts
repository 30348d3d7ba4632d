import { compareConfigurations } from '../../lib/facts/compared-configurations';
import { subjectOf } from '../../lib/review/reviewed-subject';
import { verdictOf } from '../../lib/review/verdict';
import { describesApply } from '../../lib/rules/applied-rules';
import { Finding } from '../../lib/rules/finding';
import { RULES } from '../../lib/rules/rules';
import { configuration } from '../rules/configuration';
import { ACCOUNT, lark, planned, plannedDeployments, reported } from './planned';

function finding(props: Partial<Finding> = {}): Finding {
  return {
    rule: 'model-unpinned',
    severity: 'error',
    status: 'violation',
    resource: { address: 'azurerm_cognitive_deployment.chat', type: 'azurerm_cognitive_deployment' },
    message: 'lark has no version (source: test, as of 2026-11-20)',
    fix: 'pin it',
    ...props,
  };
}

const retired = finding({
  rule: 'model-retired',
  message: 'long',
  model: { name: 'lark', version: '2024-01-01' },
  retirementDate: '2025-02-13',
});

const CHAT = lark('chat', 'lark@2024-01-01');
const LIVING = lark('chat', 'lark@2026-01-01');
const NOTHING = reported(planned({}));
const STANDING = { waived: { reason: 'r', owner: 'o', expires: '2026-12-01' } } as const;

describe('stop', () => {
  test.each([
    ['created', { outcome: 'created', after: CHAT }, 'lark@2024-01-01 retired on 2025-02-13 and this plan creates it'],
    [
      'recreated',
      { outcome: 'recreated', before: CHAT, after: CHAT },
      'lark@2024-01-01 retired on 2025-02-13 and this plan creates it again',
    ],
    [
      'changed to',
      { outcome: 'changed-in-place', before: lark('chat', 'owl@1'), after: CHAT },
      'lark@2024-01-01 retired on 2025-02-13 and this plan changes to it',
    ],
    ['kept', { outcome: 'kept', before: CHAT, after: CHAT }, 'lark@2024-01-01 retired on 2025-02-13'],
  ] as const)('a retired model that is %s', (_, change, sentence) => {
    const changes = reported(plannedDeployments([change]));
    expect(verdictOf({ findings: [retired], failOn: 'error', changes })).toEqual({ word: 'stop', sentence });
  });

  describe('of several plans', () => {
    const destroyed = (resource: Partial<Finding['resource']>) =>
      finding({ rule: 'destroyed-while-live', resource: { address: CHAT.origin.address, type: 'x', ...resource } });
    const creates = { ...plannedDeployments([{ outcome: 'created', after: CHAT }]), stack: 'one' };
    const destroys = { ...plannedDeployments([{ outcome: 'destroyed', before: CHAT }]), stack: 'two' };
    const elsewhere = lark('chat', 'lark@2026-01-01', { account: `${ACCOUNT}-2` });
    const createsElsewhere = { ...plannedDeployments([{ outcome: 'created', after: elsewhere }]), stack: 'one' };
    const quiet = { ...planned({}), stack: 'three' };

    test.each<[string, Finding, ReturnType<typeof reported>, string]>([
      [
        'that creates it is named',
        { ...retired, resource: { ...CHAT.origin, stack: 'one' } },
        reported(quiet, creates),
        'lark@2024-01-01 retired on 2025-02-13 and b.json creates it',
      ],
      [
        'that destroys it is named, although another one has the address',
        destroyed({ stack: 'two' }),
        reported(createsElsewhere, destroys),
        `b.json destroys ${CHAT.origin.address}, which is still in use`,
      ],
      [
        'that destroys an app is told by its stack',
        destroyed({ address: 'azurerm_container_app.x', stack: 'two' }),
        reported(quiet, destroys),
        'b.json destroys azurerm_container_app.x, which is still in use',
      ],
      [
        'that cannot be told is one of them',
        destroyed({ address: 'azurerm_container_app.x' }),
        reported(quiet, destroys),
        'one of these plans destroys azurerm_container_app.x, which is still in use',
      ],
    ])('the one %s', (_what, one, changes, sentence) => {
      expect(verdictOf({ findings: [one], failOn: 'error', changes }).sentence).toBe(sentence);
    });

    test('a hostile name of a plan stays printable', () => {
      const changes = reported(quiet, creates);
      const rename = <T extends { readonly input: string }>(all: readonly T[]) =>
        all.map((one) => ({ ...one, input: `\u001b${one.input}` }));
      const renamed = { ...changes, inputs: rename(changes.inputs), deployments: rename(changes.deployments) };
      const one = { ...retired, resource: { ...CHAT.origin, stack: 'one' } };
      expect(verdictOf({ findings: [one], failOn: 'error', changes: renamed }).sentence).toContain(
        '\\u{1b}b.json creates it',
      );
    });
  });

  test('the gravest finding is named and the others are counted', () => {
    const findings = [finding(), retired, finding({ severity: 'warning' })];
    expect(verdictOf({ findings, failOn: 'error', changes: NOTHING })).toEqual({
      word: 'stop',
      sentence: 'lark@2024-01-01 retired on 2025-02-13; 1 more reason to stop',
    });
    expect(verdictOf({ findings: [...findings, finding()], failOn: 'warning' }).sentence).toBe(
      'lark@2024-01-01 retired on 2025-02-13; 3 more reasons to stop',
    );
  });

  test.each<[string, Finding, string]>([
    ['without its source', finding(), 'lark has no version'],
    ['whatever cannot be seen', { ...retired, status: 'unknown', message: 'the SKU decides' }, 'the SKU decides'],
    [
      'a model that retires soon',
      { ...retired, rule: 'model-retiring', retirementDate: '2026-12-01' },
      'lark@2024-01-01 retires on 2026-12-01',
    ],
    ...(
      [
        ['created', 'create it'],
        ['recreated', 'create it again'],
        ['changed', 'change to it'],
      ] as const
    ).map(([subject, words]): [string, Finding, string] => [
      `with the refusal of a Deprecated model that is ${subject}`,
      finding({
        rule: 'model-deprecated',
        message: 'lark@1 on Standard is Deprecated: Azure refuses (ServiceModelDeprecating) it',
        subject,
      }),
      `lark@1 on Standard is Deprecated, and Azure may refuse to ${words}`,
    ]),
    ['shortened and printable', finding({ message: `\u001b[31m${'x'.repeat(300)}` }), `\\u{1b}[31m${'x'.repeat(190)}…`],
  ])('the reason is said %s', (_, one, sentence) => {
    expect(verdictOf({ findings: [one], failOn: 'error' })).toEqual({ word: 'stop', sentence });
  });
});

describe('look', () => {
  test.each<[string, Finding[], 'error' | 'never', string]>([
    ['warnings', [finding({ severity: 'warning' }), finding({ severity: 'warning' })], 'error', '2 warnings'],
    ['errors that may not fail', [finding(), retired], 'never', 'lark@2024-01-01 retired on 2025-02-13, 1 more error'],
    [
      'what cannot be seen',
      [finding({ severity: 'note', status: 'unknown' })],
      'error',
      '1 finding that cannot be told',
    ],
    [
      'several that cannot be seen',
      [finding({ severity: 'note', status: 'unknown' }), finding({ severity: 'note', status: 'unknown' })],
      'error',
      '2 findings that cannot be told',
    ],
    [
      'what is new beside what is not',
      [finding({ severity: 'warning' }), finding({ carriedOver: { from: 'base' } })],
      'error',
      '1 warning (1 carried over)',
    ],
  ])('%s', (_, findings, failOn, sentence) => {
    expect(verdictOf({ findings, failOn, changes: NOTHING })).toEqual({ word: 'look', sentence });
  });

  test('a change of models', () => {
    const changes = reported(
      plannedDeployments([
        { outcome: 'changed-in-place', before: lark('a', 'lark@2025-01-01'), after: lark('a', 'lark@2026-01-01') },
        { outcome: 'created', after: lark('b', 'owl@1') },
      ]),
    );
    expect(verdictOf({ findings: [], failOn: 'error', changes })).toEqual({
      word: 'look',
      sentence: 'lark@2025-01-01 gives way to lark@2026-01-01 (minor version, required), 1 deployment created',
    });
  });

  test('a change to an older model says that it goes back', () => {
    const back = {
      outcome: 'changed-in-place',
      before: lark('a', 'lark@2026-01-01'),
      after: lark('a', 'lark@2025-01-01'),
    } as const;
    expect(verdictOf({ findings: [], failOn: 'error', changes: reported(plannedDeployments([back])) }).sentence).toBe(
      'lark@2026-01-01 goes back to lark@2025-01-01 (minor version)',
    );
  });

  test('a plan that does not show everything', () => {
    const changes = reported(planned({ plan: { isComplete: false } }), planned({ plan: { isErrored: true } }));
    expect(verdictOf({ findings: [], failOn: 'error', changes }).sentence).toBe(
      '1 plan that failed half-way, 1 plan that is not complete',
    );
  });
});

test('a catalogue that is too old stops what is otherwise fine', () => {
  expect(verdictOf({ findings: [], failOn: 'error', changes: NOTHING, catalogIsTooOld: true })).toEqual({
    word: 'stop',
    sentence: 'the catalogue is too old to judge by',
  });
});

describe('without a plan', () => {
  const created = reported(compareConfigurations(configuration([]), configuration([CHAT])));

  test('two syntheses are no plan', () => {
    expect(created.inputs).toMatchObject([{ kind: 'comparison' }]);
    expect(subjectOf(created)).toEqual({ name: 'this change', unit: 'stack', isCompared: true });
    expect(verdictOf({ findings: [retired], failOn: 'error', changes: created }).sentence).toBe(
      'lark@2024-01-01 retired on 2025-02-13 and this change creates it',
    );
  });

  test('of one synthesis alone nothing is said about changes', () => {
    const changes = reported(configuration([LIVING]));
    expect(verdictOf({ findings: [], failOn: 'error', changes })).toEqual({
      word: 'go',
      sentence: 'nothing is wrong (nothing to compare with: give --base)',
    });
  });

  test.each([
    [[reported(planned({}))], 'plan'],
    [[reported(planned({})), created], 'input'],
    [[created, reported(configuration([CHAT]))], 'stack'],
  ] as const)('inputs are counted as what they are: %#', (reports, unit) => {
    const inputs = reports.flatMap((each) => each.inputs);
    expect(subjectOf({ ...created, inputs }).unit).toBe(unit);
  });
});

describe('what was known before and happens when the plan is applied', () => {
  const base = { carriedOver: { from: 'base' } } as const;
  const access = finding({ ...base, rule: 'access-removed-while-live', message: 'this plan takes its access away' });
  const verdict = (...findings: Finding[]) => verdictOf({ findings, failOn: 'error', changes: NOTHING });

  test('is looked at, and does not stop', () => {
    expect(verdict(access)).toEqual({
      word: 'look',
      sentence: 'known and still to be applied: this plan takes its access away (1 carried over)',
    });
  });

  test('is counted where there is more of it', () => {
    const moved = finding({ ...base, rule: 'traffic-jumps', severity: 'warning', status: 'unknown' });
    expect(verdict(moved, access).sentence).toBe(
      'known and still to be applied: this plan takes its access away, 1 more known finding about the apply (2 carried over)',
    );
  });

  test.each<[string, Partial<Finding>]>([
    ['stands', { rule: 'model-retired' }],
    ['is a note', { severity: 'note' }],
    ['is waived', STANDING],
  ])('is nothing to look at where it %s', (_what, props) => {
    expect(verdict({ ...access, ...props }).word).toBe('go');
  });

  test.each(['__proto__', 'constructor', ''])("knows no rule '%s'", (rule) => {
    expect(describesApply(rule)).toBe(false);
  });

  test('is said by rules of plans alone', () => {
    const ids = RULES.filter(({ id }) => describesApply(id)).map(({ id }) => id);
    expect([...ids].sort()).toEqual([
      'access-removed-while-live',
      'apply-will-fail',
      'destroyed-while-live',
      'model-changed-in-place',
      'route-to-destroyed',
      'traffic-jumps',
    ]);
  });
});

describe('go', () => {
  test.each<[string, Finding[], string]>([
    ['nothing', [], 'nothing about models changes, and nothing is wrong'],
    ['a note', [finding({ severity: 'note' })], 'nothing about models changes, and nothing is wrong'],
    [
      'what stands by agreement',
      [
        finding(STANDING),
        finding({ carriedOver: { from: 'baseline' } }),
        finding({ ...STANDING, carriedOver: { from: 'baseline' } }),
      ],
      'nothing about models changes, and nothing new is wrong; 1 known error remains (2 waived)',
    ],
  ])('%s', (_, findings, sentence) => {
    expect(verdictOf({ findings, failOn: 'error', changes: NOTHING })).toEqual({ word: 'go', sentence });
  });

  test('more capacity and another address are no change of models', () => {
    const larger = { ...LIVING, capacity: { state: 'known', value: 20 } } as const;
    const changes = reported(
      plannedDeployments([
        { outcome: 'kept', before: LIVING, after: larger },
        {
          outcome: 'moved',
          before: LIVING,
          after: { ...LIVING, origin: { ...LIVING.origin, address: 'module.x.y.z' } },
        },
      ]),
    );
    expect(changes.deployments).toHaveLength(2);
    expect(verdictOf({ findings: [], failOn: 'error', changes }).word).toBe('go');
  });

  test('not while a retired model is in use of which no rule speaks', () => {
    const changes = reported(plannedDeployments([{ outcome: 'kept', before: CHAT, after: CHAT }]));
    expect(verdictOf({ findings: [], failOn: 'error', changes })).toEqual({
      word: 'look',
      sentence: '1 retired model is in use, and the rule model-retired says nothing of it',
    });
    expect(verdictOf({ findings: [{ ...retired, ...STANDING }], failOn: 'error', changes }).word).toBe('go');
  });

  test('where nothing was compared nothing is said of changes', () => {
    expect(verdictOf({ findings: [], failOn: 'error' })).toEqual({ word: 'go', sentence: 'nothing is wrong' });
  });
});
