import fc from 'fast-check';
import { formPolicy, gatewayFragments, gatewayPolicy } from '../../../lib/gateway/policy/gateway-policy';
import { modelPolicy, modelsPolicy } from '../../../lib/gateway/policy/models-policy';
import { GatewayPolicyOptions } from '../../../lib/gateway/policy/policy-options';
import { RoutingTable } from '../../../lib/gateway/policy/routing-table';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { valuesOf } from '../../../lib/policy/node-values';
import { parseFragment, parsePolicy } from '../../../lib/policy/parse-policy';
import { FragmentDocument, PolicyDocument } from '../../../lib/policy/policy-document';
import { isExpression } from '../../../lib/policy/policy-value';
import { allNodes } from '../../../lib/policy/policy-walk';
import { stringsIn } from '../../../lib/policy/references';
import { serialisePolicy } from '../../../lib/policy/serialise-policy';
import { member, policyOptions, route, tableOf } from '../support/routes';

/** Pieces that mean something to XML, C#, API Management, Terraform or the rows of the table. */
const PIECES = [
  ...[
    '"',
    "'",
    '\\',
    '\\"',
    '"+',
    '+"',
    '";',
    '@(',
    '@{',
    '{{',
    '}}',
    '{',
    '}',
    '${',
    '%{',
    '$${',
    '&quot;',
    '&',
    '<',
    '>',
  ],
  ...[
    '</when>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '|',
    ',',
    ';',
    '=',
    '@',
    '#',
    ' ',
    '\n',
    '\r',
    '\t',
    '\0',
    '\u2028',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\u{1f600}',
    '\u202e',
    '\ufeff',
    'context.Variables["row"]',
    'return "";',
    '//',
    '/*',
    '*/',
    'gpt-4o@1',
  ],
];

const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
);

/** Everything in a policy that a user names, in case a check of names before it should have a gap. */
function documents(text: string): (PolicyDocument | FragmentDocument)[] {
  const table: RoutingTable = tableOf(
    [
      route(`a${text}@1`, [member('north', `deployment${text}`)], { appRole: `role${text}`, successor: `b${text}@2` }),
      route('gpt-4o@1', [member('north', 'plain'), member('south', 'plain')]),
    ],
    {
      retired: [{ key: `old${text}@1`, successor: `a${text}@1` }],
      aliases: [{ name: `alias${text}`, key: 'gpt-4o@1' }],
      grants: [{ callerId: `caller${text}`, keys: [`a${text}@1`] }],
    },
  );
  const options: GatewayPolicyOptions = {
    ...policyOptions,
    name: `gateway${text}`,
    headers: { ...policyOptions.headers, model: `x-model${text}`, release: `x-release${text}` },
    access: { kind: 'entra', tenantId: `tenant${text}`, audiences: [`api://${text}`] },
    identity: { audience: `https://${text}`, clientId: `client${text}` },
    modelsPath: `/models${text}`,
    traces: true,
  };
  return [
    gatewayPolicy(table, options, 'dated'),
    gatewayPolicy(table, options, 'v1'),
    formPolicy(table, options),
    modelsPolicy(table, options),
    modelPolicy(table, options),
    ...Object.values(gatewayFragments(options)),
  ];
}

function reread(document: PolicyDocument | FragmentDocument): unknown {
  const text = serialisePolicy(document, { indentation: 0 });
  const reading = document.kind === 'fragment' ? parseFragment(text) : parsePolicy(text);
  return 'document' in reading ? reading.document : reading.problems;
}

const expressionsOf = (document: PolicyDocument | FragmentDocument): string[] =>
  allNodes(document).flatMap(({ node }) => [
    ...valuesOf(node).flatMap(({ value }) => (isExpression(value) ? [value.expression] : [])),
    ...(node.kind === 'choose'
      ? node.whens.flatMap(({ condition }) => (isExpression(condition) ? [condition.expression] : []))
      : []),
  ]);

/** An expression with its strings taken out: what is left is code. */
const codeOf = (expression: string): string => {
  parseExpression(expression);
  return expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
};

const HARMLESS = documents('x').map((document) => expressionsOf(document).map(codeOf));

test('no text of a user becomes code, markup or another value: it arrives as it is, or is refused', () => {
  let written = 0;
  let refused = 0;
  fc.assert(
    fc.property(hostile, (text) => {
      documents(text).forEach((document, index) => {
        // Whatever the text is, the code around it stays the same, and every string in it can be read back.
        const expressions = expressionsOf(document);
        expect(expressions.map(codeOf)).toEqual(HARMLESS[index]);
        let again: unknown;
        try {
          again = reread(document);
        } catch (error) {
          refused += 1;
          expect((error as Error).message).toMatch(/cannot be written|holds|is no/i);
          return;
        }
        written += 1;
        expect(again).toEqual(document);
      });
      const [dated] = documents(text);
      expect(expressionsOf(dated!).flatMap(stringsIn)).toContain(`alias${text}`);
    }),
    { numRuns: 120 },
  );

  expect(written).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
