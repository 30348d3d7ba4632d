import { ABSENT, unknown } from '../../lib/facts/attribute';
import { OpaqueFact } from '../../lib/facts/facts';
import { modelUnresolved } from '../../lib/rules/model-unresolved';
import { configuration, contextOf, deployment } from './configuration';

function check(props: Parameters<typeof deployment>[0]) {
  return modelUnresolved.check(contextOf([deployment(props)]));
}

function checkOpaque(opaque: OpaqueFact) {
  return modelUnresolved.check({ ...contextOf([]), facts: configuration([], { opaque: [opaque] }) });
}

const VERSION = unknown('${var.version}');

describe("model-unresolved: a deployment's model cannot be read before Terraform runs", () => {
  test.each([
    [
      'version',
      { version: VERSION },
      'model.version',
      'the model version cannot be read before Terraform runs: ${var.version}',
      'write the model version as a literal',
    ],
    [
      'name',
      { model: unknown('${var.model}') },
      'model.name',
      'the model name cannot be read before Terraform runs: ${var.model}',
      'write the model name as a literal',
    ],
    [
      'name and version',
      { model: unknown('${var.model}'), version: VERSION },
      'model.name',
      'the model name cannot be read before Terraform runs: ${var.model}; the model version cannot be read before Terraform runs: ${var.version}',
      'write the model name and model version as literals',
    ],
    [
      'missing name',
      { model: ABSENT },
      'model.name',
      'the model name is not given',
      'write the model name as a literal',
    ],
    [
      'unreadable format of a model that only the format could tell',
      { model: 'nobody', format: unknown('${var.format}') },
      'model.format',
      'the format cannot be read before Terraform runs: ${var.format}',
      'write the format as a literal',
    ],
    [
      "module's own version",
      { version: ABSENT, declaredBy: 'module' as const },
      undefined,
      "the model version is left to the module's own default",
      'write the model version as a literal',
    ],
  ])('reports one unknown error for the %s', (_, props, path, problem, fix) => {
    expect(check(props)).toMatchObject([
      {
        severity: 'error',
        status: 'unknown',
        resource: { path },
        message: `${problem}: whether the model is retired is not known`,
        fix,
      },
    ]);
  });

  test.each([
    ['everything in plain text', {}],
    ['an unreadable format of a known model', { format: unknown('${var.format}') }],
    ['an unreadable SKU', { sku: unknown('${var.sku}') }],
    ['no version', { version: ABSENT }],
    ['an unknown model', { model: 'nobody' }],
  ])('leaves a deployment alone with %s', (_, props) => {
    expect(check(props)).toEqual([]);
  });

  test('warns of a place that may declare a deployment', () => {
    const origin = {
      address: 'azurerm_resource_group_template_deployment.ai',
      type: 'azurerm_resource_group_template_deployment',
    };
    const findings = checkOpaque({
      origin,
      path: 'template_content',
      expression: '${file("ai.json")}',
      reason: 'its content is not known before Terraform runs',
    });
    expect(findings).toEqual([
      {
        rule: 'model-unresolved',
        severity: 'warning',
        status: 'unknown',
        resource: { ...origin, path: 'template_content' },
        message:
          'template_content may declare a model deployment and cannot be read: its content is not known before Terraform runs (${file("ai.json")})',
        fix: 'write it as a literal value, or make sure that no retired model stands there and waive this',
      },
    ]);
  });

  test.each([
    ['body', 'error'],
    ['sensitive_body', 'error'],
    ['body.properties.template', 'warning'],
    ['sensitive_body.properties.templateLink', 'warning'],
    ['type', 'warning'],
  ])('an azapi resource with an unreadable %s is of severity %s', (path, severity) => {
    const origin = { address: 'azapi_resource.chat', type: 'azapi_resource' };
    const findings = checkOpaque({ origin, path, expression: '${local.body}', reason: 'it is not known' });
    expect(findings).toMatchObject([{ severity, status: 'unknown', resource: { path } }]);
  });
});
