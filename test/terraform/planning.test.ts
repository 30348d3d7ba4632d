import { planChange } from '../support/terraform/planning';
import { ResourceKind } from '../support/terraform/resource-kind';
import { BlockSchema, conform } from '../support/terraform/schema';
import { UNKNOWN, ValueObject } from '../support/terraform/value-encoding';

const block: BlockSchema = {
  attributes: {
    id: { type: 'string', optional: true, computed: true },
    name: { type: 'string', required: true },
    note: { type: 'string', optional: true },
    enabled: { type: 'bool', optional: true },
    labels: { type: ['set', 'string'], optional: true },
  },
  block_types: {
    model: {
      nesting_mode: 'list',
      block: {
        attributes: {
          name: { type: 'string', required: true },
          version: { type: 'string', optional: true },
          digest: { type: 'string', computed: true },
        },
      },
    },
    rule: {
      nesting_mode: 'set',
      block: { attributes: { source: { type: 'string', required: true }, number: { type: 'number', computed: true } } },
    },
    timeouts: { nesting_mode: 'single', block: { attributes: { create: { type: 'string', optional: true } } } },
  },
};

const kind: ResourceKind = {
  id: '/things/{name}',
  forcesReplacement: ['name', 'labels', 'model.name', { path: 'note', when: (before) => before !== null }],
  providerDefaults: { enabled: true, 'model.version': '1' },
};

const values = (extra: ValueObject = {}) => conform(block, { name: 'a', enabled: true, ...extra });
const existing = (extra: ValueObject = {}) => values({ id: '/things/a', ...extra });
const plan = (prior: ValueObject | null, proposed: ValueObject) => planChange(kind, block, prior, proposed);

test('of something new, computed values that nobody gave are unknown', () => {
  expect(plan(null, values({ model: [{ name: 'gpt' }], rule: [{ source: 'x' }] })).planned).toMatchObject({
    id: UNKNOWN,
    name: 'a',
    note: null,
    model: [{ name: 'gpt', digest: UNKNOWN }],
    rule: [{ source: 'x', number: UNKNOWN }],
  });
});

test('a computed value that somebody gave is kept', () => {
  expect(plan(null, values({ id: '/given' })).planned.id).toBe('/given');
});

test('defaults of the provider are planned, in blocks too, but never over a given value', () => {
  const { planned } = plan(null, conform(block, { name: 'a', model: [{ name: 'x' }, { name: 'y', version: '2' }] }));
  expect(planned.enabled).toBe(true);
  expect(planned.model).toMatchObject([{ version: '1' }, { version: '2' }]);
  expect(plan(null, values({ enabled: false })).planned.enabled).toBe(false);
});

test('the same configuration plans the same values', () => {
  const prior = existing({ model: [{ name: 'gpt', version: '1', digest: 'd' }], labels: ['x', 'y'] });
  expect(plan(prior, structuredClone(prior))).toEqual({ planned: prior, requiresReplace: [] });
});

test.each<[string, ValueObject, ValueObject]>([
  ['null and an empty text', { note: '' }, { note: null }],
  ['an empty text and null', { note: null }, { note: '' }],
  ['no elements and null', { labels: [] }, { labels: null }],
])('%s are no change', (_, before, after) => {
  const prior = existing(before);
  expect(plan(prior, existing(after))).toEqual({ planned: prior, requiresReplace: [] });
});

test('a value that Azure filled in and the configuration lacks is a change', () => {
  expect(plan(existing({ note: 'filled in' }), existing()).planned.note).toBeNull();
});

test('a change that cannot be made in place is named with its path, and only that', () => {
  const prior = existing({ model: [{ name: 'gpt', version: '1', digest: 'd' }] });
  const next = existing({ model: [{ name: 'o3', version: '2', digest: 'd' }] });
  expect(plan(prior, next).requiresReplace).toEqual([['model', 0, 'name']]);
});

test('an in-place change requires no replacement', () => {
  const prior = existing({ model: [{ name: 'gpt', version: '1', digest: 'd' }] });
  const next = existing({ model: [{ name: 'gpt', version: '2', digest: 'd' }] });
  expect(plan(prior, next)).toEqual({ planned: next, requiresReplace: [] });
});

test('a value that becomes unknown forces a replacement, because it may differ', () => {
  expect(plan(existing(), existing({ name: UNKNOWN })).requiresReplace).toEqual([['name']]);
});

test('the order in a set is no change', () => {
  expect(plan(existing({ labels: ['x', 'y'] }), existing({ labels: ['y', 'x'] })).requiresReplace).toEqual([]);
  expect(plan(existing({ labels: ['x', 'y'] }), existing({ labels: ['x'] })).requiresReplace).toEqual([['labels']]);
});

test('a condition decides about a replacement', () => {
  expect(plan(existing({ note: null }), existing({ note: 'set' })).requiresReplace).toEqual([]);
  expect(plan(existing({ note: 'set' }), existing({ note: 'other' })).requiresReplace).toEqual([['note']]);
});

test('a block that is added has unknown computed values, one that stays has not', () => {
  const prior = existing({ rule: [{ source: 'x', number: 1 }], model: [{ name: 'gpt', version: '1', digest: 'd' }] });
  const next = existing({
    rule: [
      { source: 'y', number: null },
      { source: 'x', number: 1 },
    ],
    model: [
      { name: 'gpt', version: '1', digest: 'd' },
      { name: 'o3', version: '1', digest: null },
    ],
  });
  expect(plan(prior, next).planned).toMatchObject({
    rule: [
      { source: 'y', number: UNKNOWN },
      { source: 'x', number: 1 },
    ],
    model: [{ digest: 'd' }, { digest: UNKNOWN }],
  });
});

test('blocks that are not known yet are left alone', () => {
  expect(plan(null, { ...values(), model: UNKNOWN }).planned.model).toBe(UNKNOWN);
});

test('planning changes none of its arguments', () => {
  const proposed = conform(block, { name: 'a', model: [{ name: 'x' }] });
  const copy = structuredClone(proposed);
  plan(null, proposed);
  expect(proposed).toEqual(copy);
});
