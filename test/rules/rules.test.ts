import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rule } from '../../lib/rules/rule';
import {
  CONFIGURATION_RULES,
  findRule,
  INVENTORY_RULES,
  nearestRule,
  PLAN_RULES,
  RULES,
  RUN_RULES,
  WAIVER_RULES,
} from '../../lib/rules/rules';
import { renderRules, RULES_DOCUMENT } from '../../tools/docs-rules';

describe('the registry of rules', () => {
  test('has every rule once, under a kebab-case id', () => {
    const ids = RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
  });

  test('holds the rules that a configuration, a plan, a run and its waivers are judged by', () => {
    expect(CONFIGURATION_RULES.map((rule) => rule.id)).toEqual(
      expect.arrayContaining([
        'model-retired',
        'model-retiring',
        'model-deprecated',
        'model-unknown',
        'model-sku-unlisted',
        'model-unpinned',
        'model-auto-upgrade',
        'model-unresolved',
        'model-preview',
        'model-router',
        'deployment-duplicate',
        'retired-literal',
      ]),
    );
    expect(PLAN_RULES.map((rule) => rule.id)).toEqual([
      'model-changed-in-place',
      'model-drifted',
      'destroyed-while-live',
      'access-removed-while-live',
      'route-to-destroyed',
      'traffic-jumps',
      'apply-will-fail',
      'plan-incomplete',
    ]);
    expect(RUN_RULES.map((rule) => rule.id)).toEqual([
      'parallel-writers',
      'catalog-stale',
      'as-of-shifted',
      'stack-unguarded',
    ]);
    expect(INVENTORY_RULES.map((rule) => rule.id)).toEqual([
      'deployment-undeclared',
      'deployment-drifted',
      'deployment-missing',
    ]);
    expect(WAIVER_RULES.map((rule) => rule.id)).toEqual(['waiver-invalid', 'waiver-expired', 'waiver-unused']);
  });

  test.each(RULES.map((rule): [string, Partial<Rule>] => [rule.id, rule]))('%s is documented', (_, rule) => {
    for (const text of [rule.summary, rule.why, rule.fix, rule.unknownWhen]) {
      expect(text).toMatch(/^[A-Z`].*\.$/);
    }
  });

  test.each([
    ['model-retired', 'model-retired'],
    ['model_retired', 'model-retired'],
    ['Model-Retired', 'model-retired'],
    ['model-retird', 'model-retired'],
    ['waiver-unsued', 'waiver-unused'],
    ['', undefined],
    ['entirely-different', undefined],
    ['x'.repeat(100_000), undefined],
  ])('the nearest rule to %.20s is %s', (given, expected) => {
    expect(nearestRule(given)).toBe(expected);
  });

  test.each(['__proto__', 'constructor', '', 'MODEL-RETIRED'])('finds no rule under %j', (id) => {
    expect(findRule(id)).toBeUndefined();
  });

  test('docs/rules.md is up to date; if it is not, run `npm run docs`', () => {
    expect(readFileSync(join(__dirname, '../..', RULES_DOCUMENT), 'utf8')).toBe(renderRules(RULES));
  });
});
