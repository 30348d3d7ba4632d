import fc from 'fast-check';
import { inside, pathTo, Place, stepsOf, stepsTo } from '../../lib/facts/attribute-path';
import { Step } from '../../lib/facts/scope';

function placeAt(steps: readonly Step[]): Place {
  return steps.reduce<Place | undefined>((place, step) => inside(place, step), undefined)!;
}

test.each<[Step[], string]>([
  [['template', 'container', 0, 'env', 2, 'value'], 'template.container[0].env[2].value'],
  [['tags', 'cost center'], 'tags["cost center"]'],
  [['a', '0'], 'a["0"]'],
  [['a', '"]['], 'a["\\"]["]'],
  [[''], '[""]'],
])('the path of %j is %s', (steps, path) => {
  expect(pathTo(placeAt(steps))).toBe(path);
});

test('a path leads back to its steps', () => {
  const step = fc.oneof(fc.nat(1000), fc.string(), fc.constantFrom('a', 'b-c', '__proto__'));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), (steps) => {
      const place = placeAt(steps);
      expect(stepsTo(place)).toEqual(steps);
      expect(stepsOf(pathTo(place))).toEqual(steps);
    }),
  );
});
