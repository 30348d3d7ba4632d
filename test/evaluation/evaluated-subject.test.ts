import { createHash } from 'node:crypto';
import { assert, property } from 'fast-check';
import { ReleaseManifest } from '../../lib/contracts/release-manifest';
import { describeDifference, differencesOf, subjectOf } from '../../lib/evaluation/evaluated-subject';
import { anyManifest, DIGEST, FULL } from '../contracts/manifests';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The full manifest with other parts. */
function changed(overrides: Partial<ReleaseManifest>): ReleaseManifest {
  return { ...FULL, ...overrides };
}

const { chat, embeddings } = FULL.models as Record<'chat' | 'embeddings', ReleaseManifest['models'][string]>;
const system = FULL.prompts.system!;

describe('what a release was evaluated as', () => {
  test('names models by route key, and configurations, prompts and index by their hashes', () => {
    expect(subjectOf(FULL)).toEqual({
      models: { chat: 'gpt-4o@2024-11-20', embeddings: 'text-embedding-3-large@1' },
      configs: {
        chat: sha256(
          '{"frequencyPenalty":2,"maxOutputTokens":800,"other":{"response_format":{"type":"json_object"}},"presencePenalty":-2,' +
            '"reasoningEffort":"low","seed":7,"stop":["END"],"temperature":0.2,"topP":1,"verbosity":"low"}',
        ),
        embeddings: sha256('{}'),
      },
      prompts: { system: sha256('Answer ${briefly}.') },
      image: `example.azurecr.io/team/assistant@sha256:${DIGEST}`,
      orchestration: '2.3.0',
      index: sha256('{"dimensions":3072,"embeddingModel":"text-embedding-3-large@1","index":"docs-2026"}'),
    });
  });

  test('has no index where the release has no knowledge', () => {
    expect(Object.keys(subjectOf(changed({ knowledge: undefined })))).not.toContain('index');
  });

  test('hashes a prompt as UTF-8', () => {
    const prompts = { system: { ...system, text: 'Größe 🙂' } };
    expect(subjectOf(changed({ prompts })).prompts.system).toBe(
      createHash('sha256').update(Buffer.from('Größe 🙂', 'utf8')).digest('hex'),
    );
  });

  test('is the same whatever the order in which the manifest is written', () => {
    const turned = Object.fromEntries(Object.entries(FULL).reverse()) as unknown as ReleaseManifest;
    const config = Object.fromEntries(Object.entries(chat.config).reverse());
    expect(subjectOf({ ...turned, models: { embeddings, chat: { ...chat, config } } })).toEqual(subjectOf(FULL));
  });
});

describe('differences between what was evaluated and a release', () => {
  const other = 'b'.repeat(64);
  test.each<[string, Partial<ReleaseManifest>, string[]]>([
    ['nothing', {}, []],
    [
      'a model version',
      { models: { chat: { ...chat, version: '2025-03-01' }, embeddings } },
      ["model 'chat' was gpt-4o@2024-11-20 and is gpt-4o@2025-03-01"],
    ],
    [
      'a configuration',
      { models: { chat, embeddings: { ...embeddings, config: { seed: 1 } } } },
      [
        `config 'embeddings' was sha256 ${sha256('{}').slice(0, 12)}… and is sha256 ${sha256('{"seed":1}').slice(0, 12)}…`,
      ],
    ],
    [
      'the text of a prompt',
      { prompts: { system: { ...system, text: 'Answer.' } } },
      [
        `prompt 'system' was sha256 ${sha256(system.text).slice(0, 12)}… and is sha256 ${sha256('Answer.').slice(0, 12)}…`,
      ],
    ],
    [
      'a prompt that was renamed to a word that every object knows',
      { prompts: { constructor: system } },
      [
        `prompt 'constructor' was not there and is sha256 ${sha256(system.text).slice(0, 12)}…`,
        `prompt 'system' was sha256 ${sha256(system.text).slice(0, 12)}… and is not there`,
      ],
    ],
    ['the image', { image: `assistant@sha256:${other}` }, [`image was ${FULL.image} and is assistant@sha256:${other}`]],
    ['the orchestration logic', { orchestration: '2.4.0' }, ['orchestration was 2.3.0 and is 2.4.0']],
    [
      'an index that is gone',
      { knowledge: undefined },
      [`index was sha256 ${subjectOf(FULL).index!.slice(0, 12)}… and is not there`],
    ],
    [
      'a role that is new',
      { models: { chat, embeddings, judge: { ...embeddings, name: 'o3' } } },
      [
        "model 'judge' was not there and is o3@1",
        `config 'judge' was not there and is sha256 ${sha256('{}').slice(0, 12)}…`,
      ],
    ],
    ['the inputs of a prompt, which only the id knows', { prompts: { system: { ...system, inputs: [] } } }, []],
  ])('%s', (_, overrides, expected) => {
    const differences = differencesOf(subjectOf(FULL), subjectOf(changed(overrides)));
    expect(differences.map(describeDifference)).toEqual(expected);
  });

  test('are the same ones the other way round, with from and to exchanged', () => {
    assert(
      property(anyManifest, anyManifest, (one, another) => {
        const [a, b] = [subjectOf(one), subjectOf(another)];
        const back = differencesOf(b, a).map(({ from, to, ...place }) => ({
          ...place,
          ...(to !== undefined && { from: to }),
          ...(from !== undefined && { to: from }),
        }));
        expect(differencesOf(a, b)).toEqual(back);
        expect(differencesOf(a, a)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
