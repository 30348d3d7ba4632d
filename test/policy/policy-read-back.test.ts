import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { readBackUnescaped } from '../support/terraform/policy-text';

const GATEWAY = resolve(__dirname, '../../examples/gateway/expected/gateway.tf.json');
const HELD = /\$\{[^}]*\}/g;

/** Every policy of a gateway with a catalogue of models, as the library sends it. */
const policies = Object.entries(
  (JSON.parse(readFileSync(GATEWAY, 'utf8')) as { resource: Record<string, Record<string, { xml_content?: string }>> })
    .resource,
).flatMap(([type, resources]) =>
  Object.entries(resources).flatMap(([name, { xml_content }]) =>
    typeof xml_content === 'string' && xml_content.startsWith('<policies>')
      ? [{ address: `${type}.${name}`, sent: xml_content.replace(HELD, 'held') }]
      : [],
  ),
);

/** White space between elements is not of the policy. */
const documentOf = (text: string, form?: 'sent' | 'read-back') => {
  const reading = parsePolicy(text, form);
  return 'document' in reading ? reading.document : reading.problems;
};

describe('a policy as azurerm keeps it in its state', () => {
  test('there are policies to read', () => {
    expect(policies.length).toBeGreaterThan(5);
  });

  test.each(policies)('$address says there what was sent', ({ sent }) => {
    expect(documentOf(readBackUnescaped(sent), 'read-back')).toEqual(documentOf(sent));
  });

  test('a value that holds quotes is no policy that could be sent', () => {
    const policy = '<policies><inbound><set-variable name="a" value="{"b":"c"}" /></inbound></policies>';
    expect(documentOf(policy)).toEqual(['line 1: <set-variable> has something in its tag that is no attribute']);
    expect(documentOf(policy, 'read-back')).toMatchObject({
      inbound: [{ kind: 'set-variable', name: 'a', value: '{"b":"c"}' }],
    });
  });

  test.each([
    ['a value that never ends', '<policies><inbound><base a="b"c</inbound></policies>'],
    ['a word among the attributes', '<policies a />'],
    ['two attributes of one name', '<policies><inbound><base a="1" a="2" /></inbound></policies>'],
  ])('%s is refused in either form', (_, policy) => {
    expect([documentOf(policy), documentOf(policy, 'read-back')]).toEqual([[expect.any(String)], [expect.any(String)]]);
  });
});
