import { resolveText, resolveValue } from '../../lib/facts/expression';
import { Locals } from '../../lib/facts/locals';
import { Unresolved } from '../../lib/facts/unresolved';

const locals = new Locals({
  name: 'gpt-4',
  deep: { chat: { version: '0613' }, list: ['a', 'b'] },
  copy: '${local.name}',
  loop: '${local.loop}',
  left: '${local.right}',
  right: '${local.left}',
  open: '${var.x}',
});
const scope = locals.scope.with('each', { key: 'eu', value: { model: 'gpt-4', nested: { 'a b': 1 } } });

describe('an expression is carried out as far as the configuration allows', () => {
  test.each<[string, string, unknown]>([
    ['plain text', 'gpt-4', 'gpt-4'],
    ['an escaped expression', '$${var.x}', '${var.x}'],
    ['an escaped directive', '%%{ if }', '%{ if }'],
    ['a local', '${local.name}', 'gpt-4'],
    ['a nested local', '${local.deep.chat.version}', '0613'],
    ['an item of a local list', '${local.deep.list[1]}', 'b'],
    ['a local that refers to a local', '${local.copy}', 'gpt-4'],
    ['the key of an iterator', '${each.key}', 'eu'],
    ['an attribute of its value', '${each.value.model}', 'gpt-4'],
    ['an attribute in brackets', '${each.value["model"]}', 'gpt-4'],
    ['an attribute with a space', '${each.value.nested["a b"]}', 1],
    ['an index that is an expression', '${each.value["${"model"}"]}', 'gpt-4'],
    ['text around an expression', '${local.name}-${each.key}', 'gpt-4-eu'],
    ['a number', '${7}', 7],
    ['a negative fraction', '${-0.5}', -0.5],
    ['null', '${null}', null],
    ['true', '${true}', true],
    ['brackets', '${(local.name)}', 'gpt-4'],
    ['a list', '${["a", local.name]}', ['a', 'gpt-4']],
    ['an object with equals signs', '${{"a" = "b", c = 1}}', { a: 'b', c: 1 }],
    ['an object with colons over lines', '${{\n a: "b"\n c: 1\n}}', { a: 'b', c: 1 }],
    ['a quoted text with escapes', '${"a\\"b\\n\\u0041"}', 'a"b\nA'],
    ['toset', '${toset(["a", "a", "b"])}', ['a', 'b']],
    ['join', '${join("-", ["gpt", "4"])}', 'gpt-4'],
    ['merge', '${merge({a = 1}, {a = 2})}', { a: 2 }],
    ['concat', '${concat(["a"], ["b"])}', ['a', 'b']],
    ['lookup', '${lookup({a = "x"}, "a", "y")}', 'x'],
    ['lookup of a key that is not there', '${lookup({a = "x"}, "constructor", "y")}', 'y'],
    ['jsondecode', '${jsondecode("{\\"a\\": 1}")}', { a: 1 }],
    ['lower', '${lower("GPT-4")}', 'gpt-4'],
    [
      'a for over objects, as cdktf writes it',
      '${{ for key, val in [{"n" = "a", "v" = 1}]: val.n => val }}',
      { a: { n: 'a', v: 1 } },
    ],
    ['a for with a condition', '${[for v in ["a", "b"]: v if v != "a"]}', ['b']],
    [
      'a for over objects with a condition',
      '${{for k, d in {a = {on = true}, b = {on = false}} : k => d if d.on}}',
      { a: { on: true } },
    ],
    ['a condition that holds', '${true ? "a" : "b"}', 'a'],
    ['a condition that does not', '${local.name == "x" ? "a" : "b:?"}', 'b:?'],
    ['conditions in a row', '${false ? 1 : "true" ? 2 : 3}', 2],
    ['and, or, not', '${!(true && false) || var.x}', true],
    ['an operator in quotes', '${"a == b ? c : d"}', 'a == b ? c : d'],
    ['try of what there is', '${try(each.value.model, "x")}', 'gpt-4'],
    ['try of a key that is missing', '${try(each.value.v.w, each.value.v, "x")}', 'x'],
    ['try of a missing item', '${try(local.deep.list[7], "x")}', 'x'],
    ['coalesce', '${coalesce(null, "", "x", "y")}', 'x'],
    ['split', '${split(",", "a,b")}', ['a', 'b']],
    [
      'setproduct',
      '${setproduct(["a", "b"], [1, 2])}',
      [
        ['a', 1],
        ['a', 2],
        ['b', 1],
        ['b', 2],
      ],
    ],
    ['flatten', '${flatten([["a"], [["b"]]])}', ['a', 'b']],
    ['element', '${element(["a", "b"], 3)}', 'b'],
    ['length', '${length({a = 1})}', 1],
    ['keys', '${keys({b = 1, a = 2})}', ['a', 'b']],
    ['values', '${values({b = 1, a = 2})}', [2, 1]],
    ['a for over a list', '${[for v in ["a", "b"]: "x-${v}"]}', ['x-a', 'x-b']],
  ])('%s', (_what, text, value) => {
    expect(resolveText(text, scope)).toEqual(value);
  });

  test.each<[string, string, string]>([
    ['a variable', '${var.version}', '${var.version}'],
    ['a reference', '${azurerm_x.y.id}', '${azurerm_x.y.id}'],
    ['text around a variable', '${local.name}-${var.version}', 'gpt-4-${var.version}'],
    ['a condition', '${var.a ? "b" : "c"}', '${var.a ? "b" : "c"}'],
    ['an operator', '${1 + 1}', '${1 + 1}'],
    ['a function that reads files', '${file("x")}', '${file("x")}'],
    ['a splat', '${each.value.*}', '${each.value.*}'],
    ['a local that does not exist', '${local.nothing}', '${local.nothing}'],
    ['a key that every object inherits', '${local.deep.constructor}', '${local.deep.constructor}'],
    ['a local that refers to itself', '${local.loop}', '${local.loop}'],
    ['locals that refer to each other', '${local.left}', '${local.left}'],
    ['a local that is unknown itself', '${local.open}', '${var.x}'],
    ['a directive', '%{ if true }a%{ endif }', '%{ if true }a%{ endif }'],
    ['an expression that never ends', 'a ${"b', 'a ${"b'],
    ['an empty expression', '${}', '${}'],
    ['a for with a condition', '${[for v in ["a"]: v if var.x]}', '${[for v in ["a"]: v if var.x]}'],
    ['try of what is not known', '${try(var.x, "a")}', '${try(var.x, "a")}'],
    ['try of a local that does not exist', '${try(local.nothing, "a")}', '${try(local.nothing, "a")}'],
    ['try of what is in an unknown value', '${try(local.open.a, "a")}', '${try(local.open.a, "a")}'],
    ['coalesce with what is not known', '${coalesce(var.x, "a")}', '${coalesce(var.x, "a")}'],
    ['flatten with what is not known', '${flatten([["a"], var.x])}', '${flatten([["a"], var.x])}'],
    ['a comparison of what is not known', '${var.x == "a"}', '${var.x == "a"}'],
    ['a comparison of lists', '${[] == []}', '${[] == []}'],
    ['a condition in a condition', '${true ? false ? 1 : 2 : 3}', '${true ? false ? 1 : 2 : 3}'],
    ['comparisons in a row', '${"a" == "a" != true}', '${"a" == "a" != true}'],
    ['negations without end', `\${${'!'.repeat(100)}true}`, `\${${'!'.repeat(100)}true}`],
    ['half a condition', '${true ? 1}', '${true ? 1}'],
    ['an element of nothing', '${element([], 1)}', '${element([], 1)}'],
  ])('and stays unresolved beyond that: %s', (_what, text, expression) => {
    const value = resolveText(text, scope);
    expect(value).toBeInstanceOf(Unresolved);
    expect((value as Unresolved).expression).toBe(expression);
  });

  test('keeps what is known of a JSON text that is partly unknown', () => {
    const value = resolveText('${jsonencode({"a" = "b", "c" = var.c})}', scope);
    expect(value).toEqual(
      new Unresolved('${jsonencode({"a" = "b", "c" = var.c})}', { a: 'b', c: new Unresolved('${var.c}') }),
    );
  });

  test('gives back the same object where it holds no expression', () => {
    const object = { a: { b: 'c' } };
    expect(resolveValue(object, scope)).toBe(object);
  });

  test('treats __proto__ as an ordinary key', () => {
    const resolved = resolveValue(JSON.parse('{"__proto__": {"polluted": "${local.name}"}}'), scope);
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"polluted":"gpt-4"}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('gives up on expressions that multiply without end', () => {
    const list = `[${Array.from({ length: 300 }, (_, index) => index).join(', ')}]`;
    const nested = `\${[for a in ${list}: [for b in ${list}: [for c in ${list}: c]]]}`;
    const last = (resolveText(nested, scope) as unknown[][]).at(-1);
    expect(last).toBeInstanceOf(Unresolved);
  });

  test('gives up on brackets that nest without end', () => {
    const text = `\${${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(JSON.stringify(resolveText(text, scope))).toContain('expression');
  });
});

describe('locals remember what refers to them', () => {
  test('a local that was read is used, with everything inside; its neighbours are not', () => {
    const own = new Locals({ a: { b: { c: 'x' }, d: 'y' } });
    resolveText('${local.a.b}', own.scope);
    expect(own.isUsed(['a', 'b'])).toBe(true);
    expect(own.isUsed(['a', 'b', 'c'])).toBe(true);
    expect(own.isUsed(['a', 'd'])).toBe(false);
    expect(own.isUsed(['a'])).toBe(false);
  });

  test('an output reads without using', () => {
    const own = new Locals({ a: 'x' });
    expect(own.withoutUse(() => resolveText('${local.a}', own.scope))).toBe('x');
    expect(own.isUsed(['a'])).toBe(false);
  });
});
