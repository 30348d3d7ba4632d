import { assert, property, stringMatching, uniqueArray } from 'fast-check';
import {
  modelDeploymentVariable,
  modelScopeVariable,
  modelUrlVariable,
} from '../../lib/contracts/orchestrator-environment';
import {
  IMAGE_BY_DIGEST,
  INDEX_NAME,
  INPUT_NAME,
  isReleaseWord,
  MODEL_ROLE,
  ORCHESTRATION_VERSION,
  RELEASE_NAME,
} from '../../lib/contracts/release-words';

const DIGEST = `sha256:${'0'.repeat(64)}`;

const WORDS = [
  [
    'release name',
    RELEASE_NAME,
    ['a', 'assistant', 'a-b-c', 'a2345678901234567-9'],
    ['', 'A', '1a', '-a', 'a-', 'a--b', 'a_b', 'a23456789012345678-0', 'a\n', 'ä', 7],
  ],
  [
    'orchestration version',
    ORCHESTRATION_VERSION,
    ['1', '2.3.0', 'v1.2+build-5', 'x'.repeat(64)],
    ['', '.1', '1 2', '1\n', 'x'.repeat(65), null],
  ],
  ['role', MODEL_ROLE, ['chat', 'a-', 'a--b', 'r1'], ['', 'Chat', 'a_b', '-a', '__proto__', 'x'.repeat(32)]],
  ['input', INPUT_NAME, ['question', 'user.name', 'a_b-c'], ['', '_x', '__proto__', 'a b', '1a', 'x'.repeat(129)]],
  [
    'index',
    INDEX_NAME,
    ['ab', 'docs-2026', 'docs_v1-2', '1a', 'x'.repeat(128)],
    ['a', 'Docs', '-a', 'a-', 'a--b', 'a__b', 'a.b', 'x'.repeat(129)],
  ],
  [
    'image',
    IMAGE_BY_DIGEST,
    [
      `a@${DIGEST}`,
      `team/app@${DIGEST}`,
      `example.azurecr.io/app@${DIGEST}`,
      `localhost/app@${DIGEST}`,
      `host:5000/a/b@${DIGEST}`,
      `a.io:443/x__y/z-1@${DIGEST}`,
    ],
    [
      `a:1@${DIGEST}`,
      'a',
      'a:latest',
      `a@${DIGEST}0`,
      `a@${DIGEST.slice(0, -1)}`,
      `A@${DIGEST}`,
      `a@sha512:${'0'.repeat(64)}`,
      `a@${DIGEST.replace('0', 'G')}`,
      `a@${DIGEST.replace('0', 'A')}`,
      `a//b@${DIGEST}`,
      `https://a.io/b@${DIGEST}`,
      `a @${DIGEST}`,
      `a@${DIGEST}\n`,
      `@${DIGEST}`,
    ],
  ],
] as const;

describe.each(WORDS)('%s', (_, word, good, bad) => {
  test.each([...good])('%j is one', (value) => {
    expect(isReleaseWord(word, value)).toBe(true);
  });

  test.each([...bad])('%j is none', (value) => {
    expect(isReleaseWord(word, value)).toBe(false);
  });
});

test('no two roles share an environment variable', () => {
  const roles = uniqueArray(stringMatching(MODEL_ROLE.pattern), { minLength: 2, maxLength: 6 });
  assert(
    property(roles, (names) => {
      const variables = names.flatMap((name) => [
        modelUrlVariable(name),
        modelDeploymentVariable(name),
        modelScopeVariable(name),
      ]);
      expect(new Set(variables).size).toBe(3 * names.length);
    }),
  );
});
