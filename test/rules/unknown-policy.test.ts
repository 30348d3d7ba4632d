import { Finding } from '../../lib/rules/finding';
import { UnknownPolicy, weighUnknown } from '../../lib/rules/unknown-policy';

const finding = (status: Finding['status']): Finding => ({
  rule: 'model-unresolved',
  severity: 'error',
  status,
  resource: { address: 'azurerm_cognitive_deployment.chat', type: 'azurerm_cognitive_deployment' },
  message: 'the version is ${var.version}',
  fix: 'write the version',
});

describe('the policy for what cannot be seen', () => {
  test.each([
    ['fail', 'error'],
    ['warn', 'warning'],
    ['pass', 'note'],
  ] as [UnknownPolicy, string][])('%s makes an unknown finding a %s', (policy, severity) => {
    expect(weighUnknown(finding('unknown'), policy).severity).toBe(severity);
  });

  test.each(['fail', 'warn', 'pass'] as const)('%s leaves a violation as it is', (policy) => {
    expect(weighUnknown(finding('violation'), policy)).toEqual(finding('violation'));
  });
});
