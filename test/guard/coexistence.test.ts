import { Annotations, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { FindingSeverity, ModelLifecycleGuard } from '../../lib';
import { synthesise, synthesisedText, testApp, testStack } from '../support/guarded-app';
import { deployment, LIVING, RETIRED } from '../support/retired-places';

const props = { asOf: '2026-11-21', severities: { 'as-of-shifted': FindingSeverity.OFF } };

beforeEach(() => {
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
});

describe('beside the code of others the guard', () => {
  test('keeps a toTerraform that a stack was given, and judges what it returns', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const stack = testStack(app, 'production', (inside) => deployment(inside, LIVING));
    const original = stack.toTerraform.bind(stack);
    stack.toTerraform = () => ({ ...original(), locals: { added: 'yes' } });
    expect(synthesise(app).thrown).toBeUndefined();
    expect(JSON.parse(synthesisedText(app, 'production')).locals).toEqual({ added: 'yes' });

    stack.toTerraform = () => ({ ...original(), locals: { AZURE_OPENAI_MODEL: 'gpt-35-turbo-0613' } });
    expect(synthesise(app).thrown).toContain('retired-literal');
  });

  test('runs a custom synthesis that the stack has, which may still change it', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const stack = testStack(app, 'production', (inside) => deployment(inside, LIVING));
    Object.defineProperty(stack, Symbol.for('cdktf/customSynthesis'), {
      value: { onSynthesize: () => stack.addOverride('resource.azurerm_cognitive_deployment.chat.model', RETIRED) },
      enumerable: false,
    });
    expect(synthesise(app).thrown).toContain('model-retired');
  });

  test('repeats error annotations of other libraries in its exception', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'first', (stack) => deployment(stack, RETIRED));
    testStack(app, 'second', (stack) => Annotations.of(stack).addError('buckets must be private'));
    const { thrown } = synthesise(app);
    expect(thrown).toContain('[first/chat] model-retired: ');
    expect(thrown).toContain('[second] buckets must be private');
    expect(thrown?.match(/model-retired/g)).toHaveLength(1);
  });

  test('reads a value that is known only lazily', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    let version = LIVING.version;
    testStack(app, 'production', (stack) =>
      deployment(stack, { ...LIVING, name: 'gpt-35-turbo', version: Lazy.stringValue({ produce: () => version }) }),
    );
    version = RETIRED.version;
    expect(synthesise(app).thrown).toContain('gpt-35-turbo@0613');
  });

  test('is one guard for two copies of the package in one app', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const stack = testStack(app, 'production', (inside) => deployment(inside, RETIRED));
    const chat = stack.node.findChild('chat');
    const waiver = { reason: 'hotfix has to ship', owner: 'team', expires: '2026-12-01' };
    chat.node.findAll().forEach((node) => ModelLifecycleGuard.waive(node, { ...waiver, rule: 'model-retired' }));
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const copy = require('../../lib') as typeof import('../../lib');
      expect(copy.ModelLifecycleGuard).not.toBe(ModelLifecycleGuard);
      copy.ModelLifecycleGuard.waive(chat, { ...waiver, rule: 'model-auto-upgrade' });
      expect(() => copy.ModelLifecycleGuard.protect(app)).toThrow('already protected');
    });
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('waived model-retired');
    expect(printed).toContain("the waiver of 'model-auto-upgrade'");
  });

  test('lets a waiver on a stack cover what no construct declares', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      stack.addOverride('locals.azure_openai_model', 'gpt-35-turbo-0613');
      ModelLifecycleGuard.waive(stack, {
        rule: 'retired-literal',
        reason: 'read by nobody any more',
        owner: 'team',
        expires: '2026-12-01',
      });
    });
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('waived retired-literal');
  });

  test('does not read a pattern into a waiver that was given in code', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      deployment(stack, RETIRED);
      const odd = new Construct(stack, 'ch*');
      ModelLifecycleGuard.waive(odd, {
        rule: 'model-retired',
        reason: 'meant for this construct alone',
        owner: 'team',
        expires: '2026-12-01',
      });
    });
    expect(synthesise(app).thrown).toContain('[production/chat] model-retired');
  });

  test('says nothing of the run as a whole when one stack is inspected', () => {
    const stack = testStack(testApp(), 'production', (inside) => deployment(inside, LIVING));
    ModelLifecycleGuard.protect(stack, { asOf: '2030-01-01', failDays: 0, warnDays: 0 });
    const rules = ModelLifecycleGuard.inspect(stack).map(({ rule }) => rule);
    expect(rules).not.toContain('as-of-shifted');
    expect(rules).not.toContain('catalog-stale');
    expect(rules).toContain('model-retired');
  });
});
