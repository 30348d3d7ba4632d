import { UpdateScope } from '../../lib/catalog/breadths';
import { OverlayDocument } from '../../lib/catalog/catalog-document';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { UpdateSubject } from '../../lib/catalog/placement';
import { UpdateDirection } from '../../lib/catalog/update-direction';
import { classifyUpdate } from '../../lib/catalog/update-scope';

/** What the article's examples name and Azure's catalogue does not list. */
const ARTICLE: OverlayDocument = {
  schemaVersion: 1,
  asOf: '2026-11-20',
  families: [
    { id: 'prizedata', format: 'Prizedata', domain: 'property', members: [{ name: 'Prizedata' }] },
    { id: 'meta-llama', format: 'Meta', members: [{ name: 'Llama-1', major: 1 }] },
    {
      id: 'acme-lm',
      format: 'Acme',
      members: [
        { name: 'acme-lm-1', major: 1 },
        { name: 'acme-lm-1.5', major: 1, intermediate: 5 },
        { name: 'acme-lm-2', major: 2 },
        { name: 'acme-lm-2-lite', major: 2, variant: 'lite' },
        { name: 'acme-lm-2x', major: 2, generation: 2 },
      ],
    },
    { id: 'acme-vectors', format: 'Acme', kind: 'embeddings', members: [{ name: 'acme-vector' }] },
  ],
};

const catalog = ModelCatalog.bundled().withOverlay(ARTICLE);

function subject(text: string): UpdateSubject {
  const [name, version] = text.split('@') as [string, string | undefined];
  return version === undefined ? { name } : { name, version };
}

describe('the eight examples of the article', () => {
  test.each<[string, UpdateSubject, UpdateSubject, UpdateScope]>([
    ['minor version', { name: 'GPT-3.5-Turbo' }, { name: 'GPT-3.5-Turbo-0125' }, 'minor-version'],
    ['intermediate version', { name: 'GPT-3' }, { name: 'GPT-3.5' }, 'intermediate-version'],
    ['major version', { name: 'GPT-3' }, { name: 'GPT-4' }, 'major-version'],
    ['variant', { name: 'GPT-4' }, { name: 'GPT-4-Turbo' }, 'variant'],
    ['variant of a newer generation', { name: 'GPT-4' }, { name: 'GPT-4o-mini' }, 'variant'],
    ['generation', { name: 'GPT-4' }, { name: 'GPT-4o' }, 'generation'],
    ['model change (general)', { name: 'GPT-4' }, { name: 'DeepSeek' }, 'model-change-general'],
    ['model change (specialised)', { name: 'GPT-4' }, { name: 'Prizedata' }, 'model-change-specialised'],
    [
      'deployment option',
      { name: 'Llama-1', hosting: 'managed-online-endpoint' },
      { name: 'Llama-1', hosting: 'self-hosted' },
      'deployment-option',
    ],
  ])('%s', (_, from, to, scope) => {
    const classified = classifyUpdate(from, to, catalog);
    expect(classified.scope).toBe(scope);
    expect(classified.unknown).toBeUndefined();
  });
});

describe('pairs from the catalogue', () => {
  test.each<[from: string, to: string, scope: UpdateScope, direction: UpdateDirection]>([
    // One name, another version.
    ['gpt-4o@2024-05-13', 'gpt-4o@2024-08-06', 'minor-version', 'forward'],
    ['gpt-4o@2024-11-20', 'gpt-4o@2024-08-06', 'minor-version', 'backward'],
    ['gpt-35-turbo@0613', 'gpt-35-turbo@0125', 'minor-version', 'forward'],
    ['gpt-35-turbo@0125', 'gpt-35-turbo@1106', 'minor-version', 'backward'],
    ['gpt-4@1106-Preview', 'gpt-4@turbo-2024-04-09', 'minor-version', 'forward'],
    ['text-embedding-ada-002@1', 'text-embedding-ada-002@2', 'minor-version', 'forward'],
    ['sora-2@2025-10-06', 'sora-2@2025-12-08', 'minor-version', 'forward'],
    // Another name for a release of the same model.
    ['o1-preview@2024-09-12', 'o1@2024-12-17', 'minor-version', 'forward'],
    ['DeepSeek-V3', 'DeepSeek-V3-0324', 'minor-version', 'forward'],
    ['DeepSeek-V4-Flash', 'DeepSeek-V4-Flash-0731', 'minor-version', 'forward'],
    // The number after the point.
    ['gpt-5', 'gpt-5.1@2025-11-13', 'intermediate-version', 'forward'],
    ['gpt-5.1@2025-11-13', 'gpt-5.6-sol@2026-07-09', 'intermediate-version', 'forward'],
    ['gpt-5.4-mini', 'gpt-5-mini', 'intermediate-version', 'backward'],
    ['gpt-4o', 'gpt-4.1', 'intermediate-version', 'forward'],
    ['gpt-4o-mini', 'gpt-4.1-mini', 'intermediate-version', 'forward'],
    ['gpt-4.5-preview@2025-02-27', 'gpt-4.1@2025-04-14', 'intermediate-version', 'forward'],
    ['DeepSeek-V3', 'DeepSeek-V3.1', 'intermediate-version', 'forward'],
    ['gpt-realtime-2', 'gpt-realtime-2.1', 'intermediate-version', 'forward'],
    ['Meta-Llama-3.1-70B-Instruct', 'Llama-3.3-70B-Instruct', 'intermediate-version', 'forward'],
    // The number before the point.
    ['gpt-4.1@2025-04-14', 'gpt-5.1@2025-11-13', 'major-version', 'forward'],
    ['gpt-4o@2024-11-20', 'gpt-5.1@2025-11-13', 'major-version', 'forward'],
    ['gpt-35-turbo@0125', 'gpt-4.1-mini@2025-04-14', 'major-version', 'forward'],
    ['gpt-5', 'gpt-4o', 'major-version', 'backward'],
    ['o1@2024-12-17', 'o3@2025-04-16', 'major-version', 'forward'],
    ['gpt-5.6-sol', 'gpt-6-sol', 'major-version', 'forward'],
    ['text-embedding-ada-002@2', 'text-embedding-3-large@1', 'major-version', 'forward'],
    ['dall-e-2@2.0', 'dall-e-3@3', 'major-version', 'forward'],
    ['DeepSeek-V3.2', 'DeepSeek-V4-Pro', 'major-version', 'forward'],
    ['Phi-3.5-mini-instruct', 'Phi-4-mini-instruct', 'major-version', 'forward'],
    ['claude-sonnet-4-5', 'claude-opus-5', 'major-version', 'forward'],
    // Size, speed or speciality under one major version.
    ['gpt-5', 'gpt-5-mini', 'variant', 'lateral'],
    ['gpt-5-mini', 'gpt-5', 'variant', 'lateral'],
    ['gpt-4@0613', 'gpt-4@turbo-2024-04-09', 'variant', 'forward'],
    ['gpt-4o-mini', 'gpt-4', 'variant', 'backward'],
    ['gpt-5.1', 'gpt-5.6-terra', 'variant', 'forward'],
    ['gpt-5.1', 'gpt-5.1-codex', 'variant', 'lateral'],
    ['o3', 'o3-pro', 'variant', 'lateral'],
    ['text-embedding-3-small', 'text-embedding-3-large', 'variant', 'lateral'],
    ['claude-sonnet-4-5', 'claude-opus-4-5', 'variant', 'lateral'],
    // A new generation under the old number, or of a line that ends.
    ['gpt-4@turbo-2024-04-09', 'gpt-4o@2024-11-20', 'generation', 'forward'],
    ['o3@2025-04-16', 'gpt-5@2025-08-07', 'generation', 'forward'],
    ['o3-mini@2025-01-31', 'gpt-5.6-terra@2026-07-09', 'generation', 'forward'],
    ['gpt-5', 'o3', 'generation', 'backward'],
    ['gpt-4o-transcribe@2025-03-20', 'gpt-transcribe@2026-07-28', 'generation', 'forward'],
    ['gpt-4o-realtime-preview', 'gpt-realtime', 'generation', 'forward'],
    ['gpt-5.3-chat@2026-03-03', 'gpt-chat-latest@2026-08-06', 'generation', 'forward'],
    ['dall-e-3@3.0', 'gpt-image-1.5@2025-12-16', 'generation', 'forward'],
    ['DeepSeek-R1@1', 'DeepSeek-V4-Pro@2026-04-23', 'generation', 'forward'],
    // Another line.
    ['gpt-4o', 'DeepSeek-V3.1', 'model-change-general', 'lateral'],
    ['gpt-4o', 'o3', 'model-change-general', 'lateral'],
    ['DeepSeek-V3.1', 'DeepSeek-R1', 'model-change-general', 'lateral'],
    ['claude-opus-5', 'gpt-6-sol', 'model-change-general', 'lateral'],
    ['financial-reports-analysis', 'gpt-4.1', 'model-change-general', 'lateral'],
    ['gpt-audio', 'gpt-5.1', 'model-change-general', 'lateral'],
    ['gpt-4o', 'financial-reports-analysis', 'model-change-specialised', 'lateral'],
    ['gpt-4.1', 'Codestral-2501', 'model-change-specialised', 'lateral'],
    ['gpt-4o', 'gpt-audio', 'model-change-specialised', 'lateral'],
    // The same model, run by somebody else.
    ['DeepSeek-V3.1', 'FW-DeepSeek-V3.1', 'deployment-option', 'lateral'],
    ['gpt-oss-120b', 'FW-GPT-OSS-120B', 'deployment-option', 'lateral'],
    // Nothing.
    ['gpt-4o@2024-08-06', 'gpt-4o@2024-08-06', 'none', 'lateral'],
    ['gpt-3.5-turbo@0125', 'gpt-35-turbo@0125', 'none', 'lateral'],
    ['dall-e-3@3', 'dall-e-3@3.0', 'none', 'lateral'],
    ['GPT-4@0125-preview', 'gpt-4@0125-Preview', 'none', 'lateral'],
  ])('%s to %s is %s, %s', (from, to, scope, direction) => {
    const classified = classifyUpdate(subject(from), subject(to), catalog);
    expect(classified).toMatchObject({ scope, direction });
    expect(classified.unknown).toBeUndefined();
  });
});

describe('families of an overlay', () => {
  test.each<[string, string, UpdateScope, UpdateDirection]>([
    ['acme-lm-1', 'acme-lm-2', 'major-version', 'forward'],
    ['acme-lm-2', 'acme-lm-1', 'major-version', 'backward'],
    ['acme-lm-1', 'acme-lm-1.5', 'intermediate-version', 'forward'],
    ['acme-lm-2', 'acme-lm-2-lite', 'variant', 'lateral'],
    ['acme-lm-2', 'acme-lm-2x', 'generation', 'forward'],
    ['acme-lm-2', 'gpt-5', 'model-change-general', 'lateral'],
    ['Llama-1', 'Llama-3.3-70B-Instruct', 'major-version', 'forward'],
  ])('%s to %s is %s, %s', (from, to, scope, direction) => {
    expect(classifyUpdate({ name: from }, { name: to }, catalog)).toMatchObject({ scope, direction });
  });

  test('a member that the overlay repeats replaces the bundled one, the rest of the family stays', () => {
    const moved = catalog.withOverlay({
      schemaVersion: 1,
      asOf: '2026-11-20',
      families: [{ id: 'openai-gpt', format: 'OpenAI', members: [{ name: 'GPT-4.1', major: 5 }] }],
    });
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4.1' }, moved).scope).toBe('major-version');
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4o-mini' }, moved).scope).toBe('variant');
    expect(classifyUpdate({ name: 'o3' }, { name: 'gpt-5' }, moved).scope).toBe('generation');
  });
});

describe('what is not known', () => {
  test('a model without a family is taken for a different model, and the answer says that it is assumed', () => {
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'house-model' }, catalog)).toMatchObject({
      scope: 'model-change-general',
      direction: 'lateral',
      unknown: "no family lists 'house-model'; add it to the families of an overlay",
    });
    expect(classifyUpdate({ name: 'house-a' }, { name: 'house-b' }, catalog).unknown).toBe(
      "no family lists 'house-a' and 'house-b'; add it to the families of an overlay",
    );
  });

  test('two versions of one unknown name are a minor version, and the answer says that the name is unknown', () => {
    expect(
      classifyUpdate({ name: 'house-model', version: '1' }, { name: 'House-Model', version: '2' }, catalog),
    ).toMatchObject({
      scope: 'minor-version',
      direction: 'forward',
      unknown: "no family lists 'House-Model'; add it to the families of an overlay",
    });
  });

  test('one unknown name hosted elsewhere is a deployment option, whatever the model', () => {
    const classified = classifyUpdate(
      { name: 'house-model', hosting: 'serverless' },
      { name: 'house-model', hosting: 'self-hosted' },
      catalog,
    );
    expect(classified).toMatchObject({
      scope: 'deployment-option',
      reason: 'house-model stays, its hosting changes from serverless to self-hosted',
    });
    expect(classified.unknown).toBeUndefined();
  });

  test('one name under two formats is not taken for one model', () => {
    const classified = classifyUpdate({ format: 'A', name: 'x' }, { format: 'B', name: 'x' }, catalog);
    expect(classified.scope).toBe('model-change-general');
    expect(classified.unknown).toBeDefined();
  });

  test.each(['__proto__', 'constructor', 'toString', '', ' ', '${var.model}', 'a\nb', '.ft-1', 'x'.repeat(100_000)])(
    'the name %p is unknown like any other',
    (name) => {
      expect(classifyUpdate({ name: 'gpt-4o' }, { name }, catalog).unknown).toBeDefined();
      expect(classifyUpdate({ name }, { name }, catalog).scope).toBe('none');
    },
  );
});

describe('domain and hosting', () => {
  test('a domain that the team names makes the new model a specialist, without any family data', () => {
    const classified = classifyUpdate({ name: 'gpt-4o' }, { name: 'house-model', domain: 'medicine' }, catalog);
    expect(classified).toMatchObject({
      scope: 'model-change-specialised',
      reason: 'gpt-4o (openai-gpt) gives way to house-model, which is made for medicine',
    });
    expect(classified.unknown).toBeUndefined();
  });

  test('a model of the same domain is no more special than the old one', () => {
    const from = { name: 'financial-reports-analysis' };
    expect(classifyUpdate(from, { name: 'house-model', domain: 'Finance' }, catalog).scope).toBe(
      'model-change-general',
    );
  });

  test('a change of model keeps its scope when the hosting changes too, and says so', () => {
    expect(
      classifyUpdate({ name: 'gpt-4o', hosting: 'azure' }, { name: 'gpt-5', hosting: 'openai' }, catalog),
    ).toMatchObject({
      scope: 'major-version',
      reason: 'openai-gpt goes from 4 to 5: gpt-4o to gpt-5; the hosting changes as well',
    });
  });

  test('hosting that is named on one side only is not compared', () => {
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4o', hosting: 'azure' }, catalog).scope).toBe('none');
  });
});

describe('fine-tuned models', () => {
  const TUNED = 'gpt-4.1-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83';

  test('a new model has to be fine-tuned again', () => {
    const from = { name: TUNED, version: '1' };
    expect(classifyUpdate(from, { name: 'gpt-5.1', version: '2025-11-13' }, catalog)).toMatchObject({
      scope: 'major-version',
      retraining: 'must',
      breadths: { model: 'must' },
    });
    expect(classifyUpdate({ name: 'gpt-4o', fineTuned: true }, { name: 'gpt-4.1' }, catalog).retraining).toBe('must');
  });

  test('another fine-tuning of the same base is a minor version', () => {
    expect(classifyUpdate({ name: TUNED }, { name: TUNED.replace('b044', 'c155') }, catalog)).toMatchObject({
      scope: 'minor-version',
      reason: 'another fine-tuning of gpt-4.1@2025-04-14',
    });
  });

  test('from a base model to its fine-tuned self is a variant', () => {
    const base = { name: 'gpt-4.1', version: '2025-04-14' };
    expect(classifyUpdate(base, { name: TUNED }, catalog)).toMatchObject({ scope: 'variant' });
    expect(classifyUpdate(base, { name: TUNED }, catalog).retraining).toBeUndefined();
  });

  test('a change of model leaves open whether to fine-tune, an update within the line does not ask', () => {
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'DeepSeek-V3.1' }, catalog).retraining).toBe('check');
    expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4.1' }, catalog).retraining).toBeUndefined();
  });

  test('a private name stands where its base model stands', () => {
    const own = catalog.withOverlay({
      schemaVersion: 1,
      asOf: '2026-11-20',
      models: [
        {
          format: 'OpenAI',
          name: 'house-tuned',
          version: '1',
          stage: 'generally-available',
          fineTunedFrom: { name: 'gpt-4.1', version: '2025-04-14' },
        },
      ],
    });
    expect(classifyUpdate({ name: 'house-tuned', version: '1' }, { name: 'gpt-5.1' }, own)).toMatchObject({
      scope: 'major-version',
      retraining: 'must',
    });
  });
});

test('the bundled catalogue is the default', () => {
  expect(classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4.1' }).scope).toBe('intermediate-version');
});
