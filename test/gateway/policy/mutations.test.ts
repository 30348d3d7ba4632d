import { GatewayDefinition } from '../../../lib/emulator/gateway-definition';
import { expandFragments } from '../../../lib/policy/expand-fragments';
import { policyProblems } from '../../../lib/policy/policy-problems';
import { conformanceCases, conformanceTable, failingCases, firstFailingCase } from '../support/conformance';
import { mutantsOf } from '../support/mutants';
import { policyOptions } from '../support/routes';
import { definitionOf } from '../support/running-gateway';

const intact = definitionOf(conformanceTable, (_account, backendId) => `http://${backendId}`, policyOptions, true);

const LAST = 'the last branch of a table: what is left can be nothing else';

/**
 * What may be changed without a difference that anybody outside can see, and why.
 */
const EQUIVALENT: readonly [RegExp, string][] = [
  [/retry\[0\]\/choose\[3\]\/when\[1\]\/choose\[0\]\/when\[2\] always$/, LAST],
  [/(models-dated|images-edits)\/backend\/retry\[0\]\/choose\[3\]\/when\[1\] always$/, LAST],
  [/models-v1\/backend\/retry\[0\]\/choose\[3\]\/when\[2\] always$/, LAST],
  [/\/(unknown|models|model)\/(backend|outbound)\/base/, 'the policy answers by itself and never gets there'],
  [
    /answer\/choose\[0\]\/when\[0\]\/set-header\[8\] removed/,
    'the emulator itself takes Content-Encoding off with the body',
  ],
  [/\/unknown\/onError\/base/, 'nothing in it can fail'],
];

/** Every gateway that differs from the intact one in one policy or fragment. */
function mutatedGateways(): { name: string; definition: GatewayDefinition }[] {
  const fragments = [...intact.fragments!].flatMap(([name, document]) =>
    mutantsOf(name, document).map((mutant) => ({
      name: mutant.name,
      definition: { ...intact, fragments: new Map([...intact.fragments!, [name, mutant.document]]) },
    })),
  );
  const apis = intact.apis.flatMap((api, index) => {
    const replaced = (changed: typeof api): GatewayDefinition => ({
      ...intact,
      apis: intact.apis.map((candidate, position) => (position === index ? changed : candidate)),
    });
    const own = mutantsOf(api.id, api.policy!).map(({ name, document }) => ({
      name,
      definition: replaced({ ...api, policy: document }),
    }));
    // The operations that take a form share one policy.
    const seen = new Set<string>();
    const operations = api.operations.flatMap((operation) => {
      const text = JSON.stringify(operation.policy);
      if (operation.policy === undefined || seen.has(text)) {
        return [];
      }
      seen.add(text);
      return mutantsOf(`${api.id}/${operation.id}`, operation.policy).map(({ name, document }) => ({
        name,
        definition: replaced({
          ...api,
          operations: api.operations.map((candidate) =>
            JSON.stringify(candidate.policy) === text ? { ...candidate, policy: document } : candidate,
          ),
        }),
      }));
    });
    return [...own, ...operations];
  });
  return [...apis, ...fragments];
}

function refusedAtSynth({ apis, fragments, backends }: GatewayDefinition): boolean {
  const backendIds = [...backends!.keys()];
  return apis.some(({ policy }) => policyProblems(expandFragments(policy!, fragments!), { backendIds }).length > 0);
}

test('the intact gateway answers every case', async () => {
  expect(await failingCases(intact)).toEqual([]);
  expect(refusedAtSynth(intact)).toBe(false);
});

test('no single change of a policy goes unnoticed', async () => {
  const survivors: string[] = [];
  const mutants = mutatedGateways();
  // A case that notices one change tends to notice the next one, so it goes to the front.
  let cases = conformanceCases;
  for (const { name, definition } of mutants) {
    const isKnown = EQUIVALENT.some(([pattern]) => pattern.test(name));
    const failing = await firstFailingCase(definition, cases);
    if (failing !== undefined) {
      cases = [failing, ...cases.filter((each) => each !== failing)];
    }
    const noticed = failing !== undefined || refusedAtSynth(definition);
    if (noticed === isKnown) {
      survivors.push(noticed ? `${name} is noticed, though listed as equivalent` : name);
    }
  }

  console.log(`${mutants.length} mutants`);
  expect(survivors).toEqual([]);
}, 300_000);
