import { compareStacks, ReadStack, stacksLeftOut } from '../../lib/facts/compared-stacks';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { deployment } from './planned-resources';

/** A stack of one deployment with a model version. */
function stack(stackName: string | undefined, version: string, input = `${stackName ?? 'unnamed'}.json`): ReadStack {
  const facts = readStackConfiguration({
    ...(stackName !== undefined && { '//': { metadata: { stackName } } }),
    resource: { azurerm_cognitive_deployment: { chat: deployment({ version }) } },
  });
  return { input, facts };
}

const outcomes = (compared: readonly ReadStack[]) =>
  compared.map(({ input, facts }) => [
    input,
    facts.stack,
    ...facts.plan!.deployments.map(({ outcome, before }) => [outcome, before?.version]),
  ]);

const known = (value: string) => ({ state: 'known', value });

describe('stacks compared with what stands before them', () => {
  test('are paired by name, in whatever order they come', () => {
    const after = [stack('production', '2', 'now/production.json'), stack('staging', '2', 'now/staging.json')];
    const before = [stack('staging', '1'), stack('production', '2')];
    expect(outcomes(compareStacks(after, before))).toEqual([
      ['now/production.json', 'production', ['kept', known('2')]],
      ['now/staging.json', 'staging', ['changed-in-place', known('1')]],
    ]);
  });

  test('are one stack and one other, whatever the two are called', () => {
    const compared = compareStacks([stack('renamed', '2')], [stack('production', '1')]);
    expect(outcomes(compared)).toEqual([['renamed.json', 'renamed', ['changed-in-place', known('1')]]]);
  });

  test.each<[string, ReadStack[]]>([
    ['nothing was there', []],
    ['two others were there', [stack('old', '1'), stack('older', '1')]],
  ])('create all that they declare where %s', (_what, before) => {
    const [compared] = compareStacks([stack('production', '2')], before);
    expect(compared!.facts.plan!.deployments.map(({ outcome }) => outcome)).toEqual(['created']);
    expect(compared!.facts.plan!.before).toEqual({
      stack: 'production',
      deployments: [],
      literals: [],
      opaque: [],
      waivers: [],
    });
  });

  test('without a name are paired with what has none either', () => {
    const before = [stack('production', '1'), stack(undefined, '1')];
    const compared = compareStacks([stack(undefined, '2'), stack('staging', '2')], before);
    expect(outcomes(compared)).toEqual([
      ['unnamed.json', undefined, ['changed-in-place', known('1')]],
      ['staging.json', 'staging', ['created', undefined]],
    ]);
  });

  test('are none where there is none any more', () => {
    expect(compareStacks([], [stack('production', '1')])).toEqual([]);
  });
});

describe('stacks that are gone', () => {
  const unnamed = stack(undefined, '1', 'then/cdk.tf.json');

  test.each<[string, ReadStack[], ReadStack[], string[]]>([
    ['none of those that are still there', [stack('a', '2'), stack('b', '2')], [stack('b', '1'), stack('a', '1')], []],
    ['those that are not, by name', [stack('a', '2')], [stack('a', '1'), stack('b', '1')], ['b']],
    [
      'one without a name, by where it was read from',
      [stack('a', '2'), stack('b', '2')],
      [unnamed],
      ['then/cdk.tf.json'],
    ],
    ['not the one that a single one is compared with', [stack('a', '2')], [stack('b', '1')], []],
    ['all, where there is none any more', [], [stack('b', '1')], ['b']],
  ])('are %s', (_what, after, before, expected) => {
    expect(stacksLeftOut(after, before)).toEqual(expected);
  });
});
