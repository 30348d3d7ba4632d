import { ABSENT, unknown } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { knownFindingsOf } from '../../lib/rules/baseline-carry';
import { evaluate, evaluateAll, EvaluationOptions, settleWaivers } from '../../lib/rules/evaluate';
import { Finding } from '../../lib/rules/finding';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import { fakeKnowledge } from '../support/knowledge';
import { configuration, deployment, DeploymentProps, plan, TODAY, waiver } from './configuration';

const SKUS = ['GlobalStandard', 'Standard'];
const catalog = fakeKnowledge([
  { name: 'chat', version: '1', skus: SKUS },
  { name: 'old', version: '1', retirementDate: '2026-01-01', deprecationDate: '2025-01-01', skus: ['Standard'] },
  { name: 'soon', version: '1', retirementDate: '2027-01-01', deprecationDate: '2025-01-01', skus: SKUS },
  { name: 'young', version: '1', stage: 'preview', skus: SKUS },
  { name: 'model-router', version: '1', skus: SKUS },
]);

function run(facts: ConfigurationFacts, options: Partial<EvaluationOptions> = {}) {
  return evaluate({ facts, catalog, judgement: { asOf: TODAY, clock: TODAY }, ...options });
}

function runAll(configurations: ConfigurationFacts[], options: Partial<EvaluationOptions> = {}) {
  return evaluateAll({ configurations, catalog, judgement: { asOf: TODAY, clock: TODAY }, ...options });
}

function rulesOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => finding.rule);
}

const RETIRED = deployment({ model: 'old' });

describe('one cause makes one finding', () => {
  test.each<[string, DeploymentProps, string[]]>([
    ['a pinned living model', {}, []],
    ['a retired model, deprecated and on an unlisted SKU', { model: 'old' }, ['model-retired']],
    ['a deprecated model that retires soon', { model: 'soon' }, ['model-retiring']],
    ['an unknown model', { model: 'nobody' }, ['model-unknown']],
    ['an unknown version', { version: 'nobody' }, ['model-unknown']],
    ['no version', { version: ABSENT }, ['model-unpinned']],
    ['no version of an unknown model', { model: 'nobody', version: ABSENT }, ['model-unpinned']],
    ['an unreadable version', { version: unknown('${var.v}') }, ['model-unresolved']],
    ['an unreadable name', { model: unknown('${var.m}') }, ['model-unresolved']],
    ['an unreadable SKU', { sku: unknown('${var.s}') }, ['model-sku-unlisted']],
    ['an unlisted SKU', { sku: 'GlobalBatch' }, ['model-sku-unlisted']],
    ['a preview', { model: 'young' }, ['model-preview']],
    ['the model router', { model: 'model-router' }, ['model-router']],
    ['automatic upgrades', { versionUpgradeOption: ABSENT }, ['model-auto-upgrade']],
    [
      'a retired model with automatic upgrades',
      { model: 'old', versionUpgradeOption: ABSENT },
      ['model-auto-upgrade', 'model-retired'],
    ],
  ])('%s', (_, props, rules) => {
    expect(rulesOf(run(configuration([deployment(props)])).findings)).toEqual(rules);
  });
});

describe('evaluating a configuration', () => {
  test('counts what no waiver covers, and apart from it what is waived', () => {
    const facts = configuration(
      [
        deployment({ model: 'old', deployment: 'a', constructPath: 'production/a' }),
        deployment({ model: 'old', deployment: 'b' }),
        deployment({ model: 'young', deployment: 'c' }),
        deployment({ version: unknown('${var.v}'), deployment: 'd' }),
      ],
      { waivers: [waiver({ resource: 'production/a' }), waiver({ resource: 'production/nobody' })] },
    );
    expect(run(facts).summary).toEqual({ errors: 2, warnings: 2, notes: 0, unknown: 1, waived: 1, carriedOver: 0 });
  });

  test('counts notes', () => {
    const { summary } = run(configuration([deployment()]), {
      catalog: fakeKnowledge([{ name: 'chat', version: '1' }]),
    });
    expect(summary).toEqual({ errors: 0, warnings: 0, notes: 1, unknown: 1, waived: 0, carriedOver: 0 });
  });

  test('orders by severity, then address, then rule, whatever order the facts have', () => {
    const deployments = ['b', 'a', 'Z'].flatMap((name) => [
      deployment({ address: `x.${name}`, deployment: `${name}1`, model: 'young', versionUpgradeOption: ABSENT }),
      deployment({ address: `x.${name}`, deployment: `${name}2`, model: 'old' }),
    ]);
    const forwards = run(configuration(deployments)).findings;
    const backwards = run(configuration([...deployments].reverse())).findings;
    expect(forwards.map((finding) => [finding.severity, finding.resource.address, finding.rule])).toEqual([
      ['error', 'x.Z', 'model-auto-upgrade'],
      ['error', 'x.Z', 'model-retired'],
      ['error', 'x.a', 'model-auto-upgrade'],
      ['error', 'x.a', 'model-retired'],
      ['error', 'x.b', 'model-auto-upgrade'],
      ['error', 'x.b', 'model-retired'],
      ['warning', 'x.Z', 'model-preview'],
      ['warning', 'x.a', 'model-preview'],
      ['warning', 'x.b', 'model-preview'],
    ]);
    expect(backwards).toEqual(forwards);
  });

  test('finds nothing in an empty configuration', () => {
    expect(run(configuration([]))).toEqual({
      findings: [],
      summary: { errors: 0, warnings: 0, notes: 0, unknown: 0, waived: 0, carriedOver: 0 },
    });
  });

  test('does not change what it is given', () => {
    const facts = configuration([RETIRED], { waivers: [waiver()] });
    const before = JSON.stringify(facts);
    run(facts);
    expect(JSON.stringify(facts)).toBe(before);
  });
});

describe('the policy for what cannot be seen', () => {
  const unseen = configuration([deployment({ version: unknown('${var.v}') })]);

  test.each([
    ['fail', 'error'],
    ['warn', 'warning'],
    ['pass', 'note'],
  ] as const)('%s makes it an %s and is counted, whatever severity its rule has', (policy, severity) => {
    const { findings, summary } = run(unseen, { unknown: policy, severities: { 'model-unresolved': 'warning' } });
    expect(findings).toMatchObject([{ rule: 'model-unresolved', severity }]);
    expect(summary).toMatchObject({ [`${severity}s`]: 1, unknown: 1 });
  });

  test('says nothing of what is seen, or of a rule that is off', () => {
    expect(run(configuration([RETIRED]), { unknown: 'pass' }).summary.errors).toBe(1);
    expect(run(unseen, { unknown: 'fail', severities: { 'model-unresolved': 'off' } }).findings).toEqual([]);
  });
});

describe('severities', () => {
  test.each([
    ['error', 'error'],
    ['warning', 'warning'],
    ['note', 'note'],
  ])('a rule that is set to %s reports a finding of severity %s', (given, severity) => {
    const { findings } = run(configuration([RETIRED]), { severities: { 'model-retired': given } });
    expect(findings).toMatchObject([{ rule: 'model-retired', severity }]);
  });

  test('a rule that is off reports nothing, and its waiver is unused', () => {
    const facts = configuration([RETIRED], { waivers: [waiver()] });
    expect(rulesOf(run(facts, { severities: { 'model-retired': 'off' } }).findings)).toEqual(['waiver-unused']);
  });

  test('rules about waivers and about the run can be set too', () => {
    const facts = configuration([], { waivers: [waiver()] });
    const severities = { 'waiver-unused': 'error', 'stack-unguarded': 'off' };
    expect(run(facts, { severities, unguardedStacks: ['legacy'] }).findings).toMatchObject([
      { rule: 'waiver-unused', severity: 'error' },
    ]);
  });

  test('what is set for a rule has the last word over what is forbidden', () => {
    const options = { settings: { forbidPreviews: true }, severities: { 'model-preview': 'note' } };
    expect(run(configuration([deployment({ model: 'young' })]), options).findings).toMatchObject([
      { severity: 'note' },
    ]);
  });

  test.each([
    [
      { 'model-retird': 'error' },
      "severities names the rule 'model-retird', which does not exist; did you mean 'model-retired'?",
    ],
    [
      { nobody: 'error' },
      "severities names the rule 'nobody', which does not exist; the rules are listed in docs/rules.md",
    ],
    [
      JSON.parse('{"__proto__": "error"}'),
      "severities names the rule '__proto__', which does not exist; the rules are listed in docs/rules.md",
    ],
    [
      { 'model-retired': 'fatal' },
      "severities gives the rule 'model-retired' the severity 'fatal'; allowed are 'error', 'warning', 'note' and 'off'",
    ],
    [
      { 'model-retired': undefined },
      "severities gives the rule 'model-retired' the severity undefined; allowed are 'error', 'warning', 'note' and 'off'",
    ],
  ])('%j is refused', (severities, message) => {
    expect(() => run(configuration([]), { severities })).toThrow(new Error(message));
  });
});

describe('a rule that fails', () => {
  const failing: LifecycleKnowledge = {
    ...catalog,
    asOf: TODAY,
    lookup: () => {
      throw new Error('catalogue\nis broken');
    },
  };

  test('is an unknown error of its own, and the other rules go on', () => {
    const { findings } = run(configuration([deployment({ versionUpgradeOption: ABSENT })]), { catalog: failing });
    expect(findings.find((finding) => finding.rule === 'model-auto-upgrade')).toMatchObject({ status: 'violation' });
    expect(findings.find((finding) => finding.rule === 'model-retired')).toEqual({
      rule: 'model-retired',
      severity: 'error',
      status: 'unknown',
      resource: { address: 'production', type: 'configuration', stack: 'production', constructPath: 'production' },
      message: 'the rule model-retired failed and has judged nothing here: catalogue\\u{a}is broken',
      fix: 'report this with the message; until it is corrected, check by hand what the rule covers',
      subject: 'the rule failed',
    });
  });

  test.each(['fail', 'warn', 'pass'] as const)('stays an error when what cannot be seen is to %s', (unknown) => {
    const { findings, summary } = run(configuration([deployment()]), { catalog: failing, unknown });
    expect(findings.find((finding) => finding.rule === 'model-retired')).toMatchObject({ severity: 'error' });
    expect(summary.notes).toBe(0);
  });

  test('in one configuration does not silence the others', () => {
    const { findings } = runAll(
      [configuration([deployment({ version: '2' })], { stack: 'staging' }), configuration([RETIRED])],
      {
        catalog: {
          ...catalog,
          asOf: TODAY,
          lookup: (query, on) => (query.version === '2' ? failing.lookup(query, on) : catalog.lookup(query, on)),
        },
      },
    );
    expect(findings.filter((finding) => finding.rule === 'model-retired')).toMatchObject([
      { status: 'violation', resource: { stack: 'production' } },
      { status: 'unknown', resource: { stack: 'staging' } },
    ]);
  });

  test('about the run is a finding too', () => {
    const broken = {
      ...catalog,
      get asOf(): string {
        throw new Error('no date');
      },
    };
    expect(run(configuration([]), { catalog: broken }).findings).toMatchObject([
      { rule: 'catalog-stale', severity: 'error', status: 'unknown', resource: { address: 'run' } },
    ]);
  });
});

describe('several configurations', () => {
  const staging = configuration([], { stack: 'staging' });
  const production = configuration([RETIRED]);
  const shared = [
    { ...waiver(), source: 'waivers.json, waivers[0]' },
    { ...waiver({ resource: 'nobody/here' }), source: 'waivers.json, waivers[1]' },
  ];
  const stale = { ...catalog, asOf: '2026-01-01' };
  const ofRun = { waivers: shared, catalog: stale, unguardedStacks: ['legacy'] };

  test('what concerns the run is reported once, and shared waivers are judged over all', () => {
    const { findings } = runAll([staging, production], ofRun);
    expect(rulesOf(findings)).toEqual(['model-retired', 'stack-unguarded', 'catalog-stale', 'waiver-unused']);
    expect(findings[0]!.waived).toBeDefined();
    expect(findings[3]!.resource).toEqual({
      address: 'nobody/here',
      type: 'waiver',
      stack: undefined,
      constructPath: undefined,
      declaredAt: 'waivers.json, waivers[1]',
    });
  });

  test('a part of the run leaves all that out and applies the waivers', () => {
    const { findings, summary } = run(production, { ...ofRun, extent: 'part' });
    expect(rulesOf(findings)).toEqual(['model-retired']);
    expect(summary.waived).toBe(1);
  });

  test('a part of the run judges the waivers of its own configuration only when asked to', () => {
    const facts = configuration([], { waivers: [waiver()] });
    expect(rulesOf(run(facts, { extent: 'part' }).findings)).toEqual([]);
    expect(rulesOf(run(facts, { extent: 'part', judgesWaivers: true }).findings)).toEqual(['waiver-unused']);
  });

  test('waivers are settled by all findings of the run, with the severities of their rules', () => {
    const { findings } = run(production, { ...ofRun, extent: 'part' });
    const placed = shared.map((one) => ({ waiver: one, source: one.source }));
    const settled = settleWaivers(findings, placed, {
      judgement: { asOf: TODAY, clock: TODAY },
      severities: { 'waiver-unused': 'error' },
    });
    expect(settled).toMatchObject([
      { rule: 'waiver-unused', severity: 'error', resource: { declaredAt: 'waivers.json, waivers[1]' } },
    ]);
  });

  test('a waiver of an outer stack covers what no construct declares in a stack inside it', () => {
    const override = deployment({ model: 'old', stack: 'production/inner', constructPath: undefined });
    const inner = configuration([override], { stack: 'production/inner' });
    const outer = configuration([], { waivers: [waiver({ resource: 'production' })] });
    expect(runAll([outer, inner]).summary).toEqual({
      errors: 0,
      warnings: 0,
      notes: 0,
      unknown: 0,
      waived: 1,
      carriedOver: 0,
    });
  });

  test('a text in one stack may be the name of a deployment in another, or of one that is judged elsewhere', () => {
    const literal = {
      origin: { address: 'azurerm_linux_web_app.app', type: 'azurerm_linux_web_app', stack: 'apps' },
      path: 'app_settings.MODEL',
      value: 'Old-1',
      siblings: {},
    };
    const knowing = fakeKnowledge([
      { name: 'old-1', version: '1', retirementDate: '2026-01-01' },
      { name: 'chat', version: '1', skus: SKUS },
    ]);
    const apps = configuration([], { stack: 'apps', literals: [literal] });
    const models = configuration([deployment({ deployment: 'OLD-1' })]);
    expect(rulesOf(runAll([apps], { catalog: knowing }).findings)).toEqual(['retired-literal']);
    expect(runAll([apps, models], { catalog: knowing }).findings).toEqual([]);
    const elsewhere = { catalog: knowing, deploymentNames: new Set(['old-1']) };
    expect(run(apps, elsewhere).findings).toEqual([]);
  });

  test('one address in two stacks is told apart by the construct path', () => {
    const inStaging = deployment({ model: 'old', stack: 'staging', constructPath: 'staging/chat' });
    const { findings } = runAll([configuration([inStaging], { stack: 'staging' }), production], {
      waivers: [waiver({ resource: 'staging' })],
    });
    expect(findings.map((finding) => [finding.resource.stack, finding.waived !== undefined])).toEqual([
      ['production', false],
      ['staging', true],
    ]);
  });

  test('one deployment in two stacks is no duplicate', () => {
    expect(
      runAll([configuration([deployment()]), configuration([deployment()], { stack: 'staging' })]).findings,
    ).toEqual([]);
  });
});

describe('many resources', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    deployment({
      address: `azurerm_cognitive_deployment.d${index}`,
      constructPath: `production/d${index}`,
      deployment: `d${index}`,
      model: index % 2 === 0 ? 'old' : 'chat',
    }),
  );

  test('the catalogue is asked once for each model, version and SKU', () => {
    const asked: string[] = [];
    const counting: LifecycleKnowledge = {
      ...catalog,
      asOf: TODAY,
      lookup: (query, on) => {
        asked.push(JSON.stringify(query));
        return catalog.lookup(query, on);
      },
    };
    const { summary } = run(configuration(many), { catalog: counting });
    expect(summary.errors).toBe(5_000);
    expect(asked.length).toBe(new Set(asked).size);
    expect(asked.length).toBeLessThan(20);
  });

  test('each may have a waiver of its own', () => {
    const waivers = many.map((fact) => waiver({ resource: fact.origin.constructPath }));
    const { summary } = run(configuration(many, { waivers }));
    expect(summary).toEqual({ errors: 0, warnings: 5_000, notes: 0, unknown: 0, waived: 5_000, carriedOver: 0 });
  });
});

describe('findings that were there before', () => {
  const facts = configuration([deployment({ model: 'old' }), deployment({ model: 'soon', deployment: 'b' })]);

  test('are marked and counted apart, and do not fail', () => {
    const { findings } = run(facts);
    const again = run(facts, { knownFindings: knownFindingsOf(findings) });
    expect(rulesOf(again.findings)).toEqual(rulesOf(findings));
    expect(again.findings.map(({ carriedOver }) => carriedOver)).toEqual([{ from: 'base' }, { from: 'base' }]);
    expect(again.summary).toEqual({ errors: 0, warnings: 0, notes: 0, unknown: 0, waived: 0, carriedOver: 2 });
  });

  test('are new again once they weigh more', () => {
    const knownFindings = knownFindingsOf(run(facts, { settings: { failDays: 0 } }).findings);
    const { findings, summary } = run(facts, { knownFindings, settings: { failDays: 60 } });
    expect(findings.map(({ rule, carriedOver }) => [rule, carriedOver?.from])).toEqual([
      ['model-retired', 'base'],
      ['model-retiring', undefined],
    ]);
    expect(summary).toMatchObject({ errors: 1, carriedOver: 1 });
  });

  test('are waived where a waiver covers them', () => {
    const knownFindings = knownFindingsOf(run(facts).findings);
    const { summary } = run({ ...facts, waivers: [waiver()] }, { knownFindings });
    expect(summary).toMatchObject({ errors: 0, waived: 1, carriedOver: 1 });
  });

  test('include what is wrong with waivers, and not the failure of a rule', () => {
    const expired = { ...facts, waivers: [waiver({ expires: '2026-01-01' })] };
    const { findings } = run(expired);
    expect(run(expired, { knownFindings: knownFindingsOf(findings) }).summary).toMatchObject({
      errors: 0,
      carriedOver: 3,
    });
    const failing = {
      ...catalog,
      lookup: () => {
        throw new Error('broken');
      },
    };
    const failed = run(facts, { catalog: failing }).findings;
    const again = run(facts, { catalog: failing, knownFindings: knownFindingsOf(failed) });
    expect(
      again.findings.filter(({ message }) => / failed and has judged nothing /.test(message)).length,
    ).toBeGreaterThan(0);
    expect(again.summary.errors).toBe(run(facts, { catalog: failing }).summary.errors);
  });
});

describe('evaluating plans', () => {
  const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';
  const before = deployment({ account: ACCOUNT, versionUpgradeOption: 'OnceNewDefaultVersionAvailable' });
  const created = plan({ deployments: [{ outcome: 'created', after: before }] });

  test('judges what azurerm writes of itself as if somebody had written it', () => {
    expect(rulesOf(run(created).findings)).toEqual(['model-auto-upgrade']);
  });

  test('asks the rules about plans', () => {
    expect(rulesOf(run(plan({ isErrored: true })).findings)).toEqual(['plan-incomplete']);
  });

  test('compares the plans of a run with one another, and not those of a part', () => {
    const other = plan({ stack: 'staging', deployments: [{ outcome: 'destroyed', before }] });
    expect(rulesOf(runAll([created, other]).findings)).toContain('parallel-writers');
    expect(rulesOf(runAll([created, other], { extent: 'part' }).findings)).not.toContain('parallel-writers');
  });

  test('says of plans that stood before what they did together, and nothing of the run', () => {
    const other = plan({ stack: 'staging', deployments: [{ outcome: 'destroyed', before }] });
    const stale = { ...catalog, asOf: '2026-01-01' };
    const options = { extent: 'earlier', catalog: stale, unguardedStacks: ['legacy'], waivers: [waiver()] } as const;
    expect(rulesOf(runAll([created, other], options).findings)).toEqual([
      'model-auto-upgrade',
      'destroyed-while-live',
      'parallel-writers',
    ]);
  });
});
