import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { readBackUnescaped } from '../support/terraform/policy-text';

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const GATEWAY = resolve(__dirname, '../../examples/gateway/expected/gateway.tf.json');
const declared = JSON.parse(readFileSync(GATEWAY, 'utf8')) as { resource: Resources };

/** The gateway as azurerm keeps it in its state, and as a plan therefore shows what does not change. */
function readBack(): typeof declared {
  const copy = structuredClone(declared);
  for (const [type, resources] of Object.entries(copy.resource)) {
    for (const attributes of Object.values(resources)) {
      if (type === 'azurerm_api_management_api') {
        attributes.service_url = '';
      }
      if (typeof attributes.xml_content === 'string') {
        attributes.xml_content = readBackUnescaped(attributes.xml_content);
      }
    }
  }
  return copy;
}

test('a gateway has the same routes, and nothing unread, whether it is read of the code or of the state', () => {
  const [code, state] = [declared, readBack()].map(
    (configuration) => readStackConfiguration(configuration, {}).gateway!,
  );
  expect(code!.routes.length).toBeGreaterThan(10);
  expect(state!.routes).toEqual(code!.routes);
  expect([state!.unread, state!.missing]).toEqual([code!.unread, code!.missing]);
});
