import { Finding } from '../../lib/rules/finding';
import { fingerprintOf } from '../../lib/rules/fingerprint';

const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/Models';

const FINDING: Finding = {
  rule: 'model-retiring',
  severity: 'warning',
  status: 'violation',
  resource: { address: 'a.b', type: 'a', stack: 'production', constructPath: 'production/b', path: 'model.version' },
  message: 'it retires in 100 days',
  fix: 'move',
  model: { format: 'OpenAI', name: 'chat', version: '1', sku: 'Standard' },
  retirementDate: '2027-01-01',
};

const DEPLOYED: Finding = { ...FINDING, resource: { ...FINDING.resource, account: ID, deployment: 'Chat' } };

describe('a fingerprint', () => {
  test('is 32 hexadecimal digits, the same on every machine and in every version', () => {
    expect([fingerprintOf(FINDING), fingerprintOf(DEPLOYED)]).toEqual([
      '605e9ed4a165275d28817053e9201b55',
      '3403c844f242dd501d434ae3566c977d',
    ]);
  });

  test.each<[string, Finding, Partial<Finding>]>([
    ['message, advice and dates', FINDING, { message: 'x', fix: 'y', retirementDate: undefined }],
    ['severity and status', FINDING, { severity: 'error', status: 'unknown' }],
    ['what became of it', FINDING, { carriedOver: { from: 'base' }, waived: { reason: '', owner: '', expires: '' } }],
    ['the construct', FINDING, { resource: { ...FINDING.resource, constructPath: 'production/c', declaredAt: 'x:1' } }],
    ['letters of the model', FINDING, { model: { ...FINDING.model, name: 'CHAT' } }],
    [
      'address, stack and type of a deployment',
      DEPLOYED,
      { resource: { ...DEPLOYED.resource, address: 'x', stack: 'y' } },
    ],
    [
      'letters of account and deployment',
      DEPLOYED,
      { resource: { ...DEPLOYED.resource, account: ID.toUpperCase(), deployment: 'chat' } },
    ],
    [
      'the provider that declares a deployment',
      DEPLOYED,
      { resource: { ...DEPLOYED.resource, path: 'body.properties.model.version', type: 'azapi_resource' } },
    ],
  ])('does not depend on %s', (_what, finding, change) => {
    expect(fingerprintOf({ ...finding, ...change })).toBe(fingerprintOf(finding));
  });

  test.each<[string, Finding, Partial<Finding>]>([
    ['the rule', FINDING, { rule: 'model-retired' }],
    ['the address', FINDING, { resource: { ...FINDING.resource, address: 'a.c' } }],
    ['the stack', FINDING, { resource: { ...FINDING.resource, stack: 'staging' } }],
    ['the attribute', FINDING, { resource: { ...FINDING.resource, path: 'model.name' } }],
    ['a missing attribute', FINDING, { resource: { ...FINDING.resource, path: undefined } }],
    ['the version', FINDING, { model: { ...FINDING.model, version: '2' } }],
    ['a missing model', FINDING, { model: undefined }],
    ['the subject', FINDING, { subject: 'support-0123456789ab' }],
    ['the account', DEPLOYED, { resource: { ...DEPLOYED.resource, account: `${ID}2` } }],
    ['the deployment', DEPLOYED, { resource: { ...DEPLOYED.resource, deployment: 'other' } }],
    [
      'an account that cannot be read',
      DEPLOYED,
      { resource: { ...DEPLOYED.resource, account: '${x.id}', address: 'q' } },
    ],
  ])('depends on %s', (_what, finding, change) => {
    expect(fingerprintOf({ ...finding, ...change })).not.toBe(fingerprintOf(finding));
  });

  test.each(['\u0000', '\ud800', '"],["', '💥'.repeat(100_000)])('takes any text: %.10j', (text) => {
    const hostile = { ...FINDING, subject: text, resource: { ...FINDING.resource, address: text } };
    expect(fingerprintOf(hostile)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not mix parts up that hold one another', () => {
    const one = { ...FINDING, resource: { address: 'a","b', type: 'x', path: 'c' } };
    const other = { ...FINDING, resource: { address: 'a', type: 'x', path: 'b","c' } };
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });
});
