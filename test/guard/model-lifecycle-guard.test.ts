import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, Aspects, Testing, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { FindingSeverity, ModelLifecycleGuard } from '../../lib';
import { synthesise, synthesisedText, testApp, testStack } from '../support/guarded-app';
import { deployment, LIVING, RETIRED, retiredPlaces } from '../support/retired-places';

const TODAY = '2026-11-21';
const props = { asOf: TODAY, severities: { 'as-of-shifted': FindingSeverity.OFF } };

beforeEach(() => {
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  process.env.MODEL_LIFECYCLE_AS_OF = TODAY;
});

afterAll(() => {
  delete process.env.MODEL_LIFECYCLE_AS_OF;
});

describe('a guarded app', () => {
  test('synthesises when its models live', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => deployment(stack, LIVING));
    expect(synthesise(app)).toEqual({ printed: '' });
    expect(existsSync(join(app.outdir, 'manifest.json'))).toBe(true);
  });

  test.each(Object.keys(retiredPlaces))('fails on a retired model in the place: %s', (place) => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, place, retiredPlaces[place]);
    const { thrown, printed } = synthesise(app);
    expect(thrown).toMatch(/^model lifecycle guard refuses this app\n/);
    expect(printed).toContain(`stack ${place}\n`);
    expect(printed).toMatch(/error (model-retired|retired-literal): /);
    expect(printed).toContain('gpt-35-turbo');
    expect(existsSync(join(app.outdir, 'stacks', place, 'cdk.tf.json'))).toBe(false);
    expect(existsSync(join(app.outdir, 'manifest.json'))).toBe(false);
  });

  test.each(Object.keys(retiredPlaces))('with skipValidation still fails on: %s', (place) => {
    const app = testApp({ skipValidation: true });
    ModelLifecycleGuard.protect(app, props);
    testStack(app, place, retiredPlaces[place]);
    expect(synthesise(app).thrown).toContain('gpt-35-turbo');
  });

  test('reports every stack although the framework stops at the first', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    Object.entries(retiredPlaces).forEach(([place, fill]) => testStack(app, place, fill));
    const { thrown, printed } = synthesise(app);
    for (const place of Object.keys(retiredPlaces)) {
      expect(printed).toContain(`stack ${place}\n`);
      expect(thrown).toContain(`[${place}`);
    }
    expect(printed.match(/model lifecycle guard: /g)).toHaveLength(1);
  });

  test('guards a stack that is created after protect', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'early');
    testStack(app, 'late', (stack) => deployment(stack, RETIRED));
    expect(synthesise(app).thrown).toContain('[late/chat] model-retired: ');
  });

  test('guards a stack that is created after protect in an app without validation and without any earlier stack', () => {
    const app = testApp({ skipValidation: true });
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'late', (stack) => deployment(stack, RETIRED));
    expect(synthesise(app).thrown).toContain('[late/chat] model-retired: ');
  });

  test('is guarded too when its synthesis is called round the instance', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'late', (stack) => deployment(stack, RETIRED));
    expect(() => App.prototype.synth.call(app)).toThrow('[late/chat] model-retired: ');
  });

  test('judges what a later Aspect made of the models: one that corrects them passes', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      const chat = deployment(stack, RETIRED);
      Aspects.of(chat).add({ visit: () => chat.putModel(LIVING) });
    });
    expect(synthesise(app).thrown).toBeUndefined();
  });

  test('writes the same file as an app without guard', () => {
    const text = (guarded: boolean) => {
      const app = testApp();
      testStack(app, 'production', (stack) => deployment(stack, LIVING));
      if (guarded) {
        ModelLifecycleGuard.protect(app, props);
      }
      app.synth();
      return synthesisedText(app, 'production');
    };
    expect(text(true)).toBe(text(false));
  });

  test('resolves each stack once', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const stack = testStack(app, 'production', (inside) => deployment(inside, LIVING));
    const resolutions = jest.spyOn(TerraformStack.prototype, 'toTerraform');
    app.synth();
    expect(resolutions).toHaveBeenCalledTimes(1);
    resolutions.mockRestore();
    expect(Object.keys(stack)).not.toContain('toTerraform');
  });

  test('sees a change between two syntheses of the same tree', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const stack = testStack(app, 'production', (inside) => deployment(inside, LIVING));
    expect(synthesise(app).thrown).toBeUndefined();
    stack.addOverride('resource.azurerm_cognitive_deployment.chat.model', RETIRED);
    expect(synthesise(app).thrown).toContain('model-retired');
    const before = stack.node.findChild('chat').node.metadata.length;
    expect(synthesise(app).thrown).toContain('model-retired');
    expect(stack.node.findChild('chat').node.metadata).toHaveLength(before);
  });

  test("leaves other libraries' errors as they are", () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      deployment(stack, LIVING);
      stack.node.addMetadata('@cdktf/error', 'not ours');
    });
    expect(synthesise(app).thrown).toContain('[production] not ours');
  });

  test('prints warnings and does not fail on them', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, { ...props, warnDays: 3000, failDays: 1 });
    testStack(app, 'production', (stack) => deployment(stack, LIVING));
    const { thrown, printed } = synthesise(app);
    expect(thrown).toBeUndefined();
    expect(printed).toContain('warning model-retiring: azurerm_cognitive_deployment.chat (production/chat)');
    expect(printed).toContain('0 errors, 1 warning, 0 waived in 1 stack, as of 2026-11-21');
  });

  test('says where a construct of this package was declared', () => {
    const app = testApp();
    testStack(app, 'production', retiredPlaces['own-construct']);
    expect(synthesise(app).printed).toMatch(/declared at test\/support\/retired-places\.ts:\d+/);
  });

  test('with a token for a version reports it as unresolved', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => {
      const version = new TerraformVariable(stack, 'version', { default: '2025-11-13' });
      deployment(stack, { ...LIVING, version: version.stringValue });
    });
    expect(synthesise(app).thrown).toContain('[production/chat] model-unresolved: ');
  });

  test('annotates for the command-line tool and does not throw when that tool collects the annotations', () => {
    process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = 'true';
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    testStack(app, 'production', (stack) => deployment(stack, RETIRED));
    expect(synthesise(app)).toEqual({ printed: '' });
    const { annotations } = app.manifest.stacks.production!;
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatchObject({ constructPath: 'production/chat', level: '@cdktf/error' });
    expect(annotations[0]!.stacktrace).toBeUndefined();
  });
});

describe('constructs of this package', () => {
  test('guard the whole app by themselves', () => {
    const app = testApp();
    testStack(app, 'models', retiredPlaces['own-construct']);
    testStack(app, 'elsewhere', retiredPlaces['azurerm-deployment']);
    const { thrown } = synthesise(app);
    expect(thrown).toContain('[models/chat/Default] model-retired: ');
    expect(thrown).toContain('[elsewhere/chat] model-retired: ');
  });
});

describe('a single protected stack', () => {
  test('is judged, and the unprotected one beside it is an error', () => {
    const app = testApp();
    testStack(app, 'first');
    ModelLifecycleGuard.protect(testStack(app, 'second'), props);
    testStack(app, 'third');
    const { thrown } = synthesise(app);
    expect(thrown).toContain("[first] stack-unguarded: stack 'first' is not guarded");
    expect(thrown).toContain("[third] stack-unguarded: stack 'third' is not guarded");
    expect(thrown).not.toContain('[second]');
  });

  test('is not enough with skipValidation either', () => {
    const app = testApp({ skipValidation: true });
    testStack(app, 'first');
    ModelLifecycleGuard.protect(testStack(app, 'second'), props);
    expect(synthesise(app).thrown).toContain('stack-unguarded');
  });

  test('has settings of its own beside those of its app', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const relaxed = testStack(app, 'relaxed', (stack) => deployment(stack, RETIRED));
    ModelLifecycleGuard.protect(relaxed, {
      ...props,
      severities: { ...props.severities, 'model-retired': FindingSeverity.WARNING },
    });
    testStack(app, 'strict', (stack) => deployment(stack, RETIRED));
    const { thrown } = synthesise(app);
    expect(thrown).toContain('[strict/chat]');
    expect(thrown).not.toContain('[relaxed/chat]');
  });

  test('fails in a full synthesis of the stack alone', () => {
    const app = testApp();
    const stack = testStack(app, 'production', (inside) => deployment(inside, RETIRED));
    ModelLifecycleGuard.protect(stack, props);
    expect(() => Testing.fullSynth(stack)).toThrow('model-retired');
  });

  test('inside another is judged after its own Aspects', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const outer = testStack(app, 'outer');
    const inner = new TerraformStack(outer, 'inner');
    new AzurermProvider(inner, 'azurerm', { features: [{}] });
    const chat = deployment(inner, LIVING);
    Aspects.of(inner).add({
      visit(node) {
        if (node === chat) {
          chat.putModel(RETIRED);
        }
      },
    });
    expect(synthesise(app).thrown).toContain('[outer/inner/chat] model-retired: ');
  });
});

describe('inspect', () => {
  test('returns the findings of a stack as it stands', () => {
    const stack = testStack(testApp(), 'production', (inside) => deployment(inside, RETIRED));
    ModelLifecycleGuard.protect(stack, props);
    expect(ModelLifecycleGuard.inspect(stack)).toEqual([
      {
        rule: 'model-retired',
        severity: FindingSeverity.ERROR,
        address: 'azurerm_cognitive_deployment.chat',
        constructPath: 'production/chat',
        message: expect.stringContaining('2025-02-13'),
        fix: expect.any(String),
        isUnknown: false,
        isWaived: false,
        retirementDate: '2025-02-13',
      },
    ]);
    expect(stack.node.findChild('chat').node.metadata.some((entry) => entry.type === '@cdktf/error')).toBe(false);
  });

  test('judges an unprotected stack with default settings', () => {
    const stack = testStack(testApp(), 'production', (inside) => deployment(inside, RETIRED));
    expect(ModelLifecycleGuard.inspect(stack).map((finding) => finding.rule)).toContain('model-retired');
  });
});

describe('protect refuses', () => {
  test('a construct that is neither App nor stack', () => {
    const stack = testStack(testApp(), 'production');
    expect(() => ModelLifecycleGuard.protect(new Construct(stack, 'inside'))).toThrow(
      "ModelLifecycleGuard.protect takes an App or a TerraformStack, got Construct 'production/inside'; " +
        'pass the App to guard every stack in it, or TerraformStack.of(...) to guard one',
    );
  });

  test('a scope that is protected already', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    expect(() => ModelLifecycleGuard.protect(app, props)).toThrow(
      'the root App is already protected by ModelLifecycleGuard.protect; call it once for each App or stack, with all its props',
    );
  });

  test('a date that is none, thresholds that cross, a rule that does not exist, a missing overlay', () => {
    expect(() => ModelLifecycleGuard.protect(testApp(), { asOf: '2026-13-01' })).toThrow(
      "asOf is '2026-13-01'; write a calendar day",
    );
    expect(() => ModelLifecycleGuard.protect(testApp(), { failDays: 90, warnDays: 30 })).toThrow('warnDays');
    expect(() =>
      ModelLifecycleGuard.protect(testApp(), { severities: { 'model-retird': FindingSeverity.OFF } }),
    ).toThrow('model-retired');
    expect(() => ModelLifecycleGuard.protect(testApp(), { overlayFiles: ['missing.json'] })).toThrow('missing.json');
  });
});
