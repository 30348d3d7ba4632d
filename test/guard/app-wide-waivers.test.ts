import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, Aspects, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { FindingSeverity, ModelLifecycleGuard } from '../../lib';
import { synthesise, testApp, testStack } from '../support/guarded-app';
import { deployment, LIVING, RETIRED } from '../support/retired-places';

const props = { asOf: '2026-11-21', severities: { 'as-of-shifted': FindingSeverity.OFF } };
const waiver = {
  rule: 'model-retired',
  reason: 'hotfix of another part has to ship',
  owner: 'team-assistants',
  expires: '2026-12-05',
};
const folder = mkdtempSync(join(tmpdir(), 'app-wide-waivers-'));

beforeEach(() => {
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
});

function waiverFile(name: string, ...waivers: object[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ waivers }));
  return file;
}

/** How often the report has each finding about waivers. */
function aboutWaivers(printed: string): Record<string, number> {
  const rules = printed.match(/waiver-(?:unused|expired|invalid)(?=:)/g) ?? [];
  return Object.fromEntries([...new Set(rules)].map((rule) => [rule, rules.filter((one) => one === rule).length]));
}

describe('a waiver file that several protected scopes read', () => {
  const apart = (app: App, files: Readonly<Record<string, string>>, models: Readonly<Record<string, typeof RETIRED>>) =>
    Object.entries(files).forEach(([name, file]) =>
      ModelLifecycleGuard.protect(
        testStack(app, name, (stack) => deployment(stack, models[name]!)),
        { ...props, waiverFile: file },
      ),
    );

  test.each([
    ['the first', { blue: RETIRED, green: LIVING }, 'blue/chat'],
    ['the last', { blue: LIVING, green: RETIRED }, 'green/chat'],
  ])('may be needed by %s of two stacks alone', (_, models, resource) => {
    const file = waiverFile('one-of-two.json', { ...waiver, resource });
    const app = testApp();
    apart(app, { blue: file, green: file }, models);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('1 waived in 2 stacks');
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('is one file however its path is written', () => {
    const file = waiverFile('same.json', { ...waiver, resource: 'blue/chat' });
    mkdirSync(join(folder, 'below'));
    symlinkSync(folder, join(folder, 'linked'));
    const app = testApp();
    apart(
      app,
      { blue: file, green: `${folder}/below/../same.json`, red: join(folder, 'linked', 'same.json') },
      { blue: RETIRED, green: LIVING, red: LIVING },
    );
    expect(synthesise(app).thrown).toBeUndefined();
    expect(aboutWaivers(synthesise(app).printed)).toEqual({});
  });

  test('is reported once where none of them needs it, and once where it has expired', () => {
    const file = waiverFile(
      'useless.json',
      { ...waiver, resource: 'nobody/chat' },
      { ...waiver, resource: 'blue/chat', expires: '2026-11-20' },
    );
    const app = testApp();
    apart(app, { blue: file, green: file }, { blue: LIVING, green: LIVING });
    expect(aboutWaivers(synthesise(app).printed)).toEqual({ 'waiver-unused': 1, 'waiver-expired': 1 });
  });

  test('is told from another file with the same waiver', () => {
    const content = { ...waiver, resource: 'blue/chat' };
    const app = testApp();
    apart(
      app,
      { blue: waiverFile('blue.json', content), green: waiverFile('green.json', content) },
      { blue: RETIRED, green: LIVING },
    );
    const { printed } = synthesise(app);
    expect(aboutWaivers(printed)).toEqual({ 'waiver-unused': 1 });
    expect(printed).toContain('green.json, waivers[0]');
  });

  test('by an app and one of its stacks, is used by either', () => {
    const file = waiverFile('app-and-stack.json', { ...waiver, resource: 'first/chat' });
    const app = testApp();
    ModelLifecycleGuard.protect(app, { ...props, waiverFile: file });
    testStack(app, 'first', (stack) => deployment(stack, RETIRED));
    apart(app, { second: file }, { second: LIVING });
    testStack(app, 'third', (stack) => deployment(stack, LIVING));
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('is not called unused while a stack that reads it has not been judged', () => {
    const file = waiverFile('half.json', { ...waiver, resource: 'blue/chat' });
    const app = testApp();
    apart(app, { blue: file, green: file }, { blue: RETIRED, green: LIVING });
    const green = app.node.findChild('green') as TerraformStack;
    expect(() => Testing.fullSynth(green)).not.toThrow();
    expect(green.node.metadata).toEqual([]);
  });
});

describe('a waiver in code', () => {
  function stackBelow(scope: Construct, id: string): TerraformStack {
    const stack = new TerraformStack(scope, id);
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    return stack;
  }

  /** A stack with a construct in it, and a stack in that; the function fills the innermost. */
  function nested(app: App, fill: (inner: TerraformStack) => void) {
    const outer = testStack(app, 'outer');
    const part = new Construct(outer, 'part');
    const inner = stackBelow(part, 'inner');
    fill(inner);
    return { outer, part, inner };
  }

  test.each(['outer', 'part', 'inner'] as const)('on %s covers a stack nested below it', (where) => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const tree = nested(app, (inner) => deployment(inner, RETIRED));
    ModelLifecycleGuard.waive(tree[where], waiver);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('waived model-retired: azurerm_cognitive_deployment.chat (outer/part/inner/chat)');
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('on an outer stack covers what no construct declares in a nested one', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer } = nested(app, (inner) => inner.addOverride('locals.azure_openai_model', 'gpt-35-turbo-0613'));
    testStack(app, 'later');
    ModelLifecycleGuard.waive(outer, { ...waiver, rule: 'retired-literal' });
    expect(synthesise(app).thrown).toBeUndefined();
  });

  test('on an outer stack that needs it itself is not unused because of a nested one', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer } = nested(app, (inner) => deployment(inner, LIVING));
    deployment(outer, RETIRED);
    ModelLifecycleGuard.waive(outer, waiver);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('that nothing below it needs is reported once, although several stacks could', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer, part } = nested(app, (inner) => deployment(inner, LIVING));
    deployment(stackBelow(part, 'second'), LIVING);
    deployment(outer, RETIRED);
    ModelLifecycleGuard.waive(part, waiver);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toContain('[outer/chat] model-retired: ');
    expect(aboutWaivers(printed)).toEqual({ 'waiver-unused': 1 });
  });

  test('on a nested stack covers nothing of the outer one or of its sisters', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer, part, inner } = nested(app, (stack) => deployment(stack, RETIRED));
    deployment(outer, RETIRED);
    deployment(stackBelow(part, 'inner-2'), RETIRED);
    ModelLifecycleGuard.waive(inner, waiver);
    const { thrown } = synthesise(app);
    expect(thrown).toContain('[outer/chat] model-retired: ');
    expect(thrown).toContain('[outer/part/inner-2/chat] model-retired: ');
    expect(thrown).not.toContain('[outer/part/inner/chat]');
  });

  test('on an outer stack that nobody guards covers the guarded one in it', () => {
    const app = testApp();
    const { outer, inner } = nested(app, (stack) => deployment(stack, RETIRED));
    ModelLifecycleGuard.protect(inner, props);
    ModelLifecycleGuard.waive(outer, waiver);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toContain("stack 'outer' is not guarded");
    expect(thrown).not.toContain('model-retired');
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('that an Aspect of the nested stack makes necessary is used', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer, inner } = nested(app, () => {});
    const chat = deployment(inner, LIVING);
    Aspects.of(inner).add({ visit: (node) => node === chat && chat.putModel(RETIRED) });
    ModelLifecycleGuard.waive(outer, waiver);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(aboutWaivers(printed)).toEqual({});
  });

  test('is applied by inspect to a nested stack, and not called unused where a nested stack may need it', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const { outer, inner } = nested(app, (stack) => deployment(stack, RETIRED));
    ModelLifecycleGuard.waive(outer, waiver);
    ModelLifecycleGuard.waive(outer, { ...waiver, expires: '2026-11-20' });
    expect(ModelLifecycleGuard.inspect(inner)).toMatchObject([{ rule: 'model-retired', isWaived: true }]);
    expect(ModelLifecycleGuard.inspect(outer)).toMatchObject([{ rule: 'waiver-expired' }]);
  });
});
