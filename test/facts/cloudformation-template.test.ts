import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ModelCatalog } from '../../lib/catalog';
import { readCloudFormationTemplate } from '../../lib/facts/cloudformation-template';
import { evaluate } from '../../lib/rules/evaluate';
import { mayNameModel } from '../../lib/rules/literal-prefilter';

const catalog = ModelCatalog.bundled();
const judgement = { asOf: '2026-11-21', clock: '2026-11-21' };

function findingsFor(model: string) {
  const stack = new Stack(new App(), 'orders');
  new CfnResource(stack, 'Worker', {
    type: 'AWS::Lambda::Function',
    properties: {
      Environment: { Variables: { AZURE_OPENAI_MODEL: model, QUEUE: { Ref: 'Queue' } } },
      Description: 'answers questions about orders',
    },
  });
  const facts = readCloudFormationTemplate(Template.fromStack(stack).toJSON(), {
    stack: 'orders',
    literals: mayNameModel(catalog.spellings()),
  });
  return evaluate({ facts, catalog, judgement }).findings;
}

describe('a CloudFormation template that the AWS CDK synthesised', () => {
  test('with a retired model in a setting is refused by the same rule', () => {
    const [finding, ...others] = findingsFor('gpt-35-turbo-0613');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'retired-literal',
      severity: 'error',
      resource: {
        address: 'Worker',
        type: 'AWS::Lambda::Function',
        stack: 'orders',
        path: 'Environment.Variables.AZURE_OPENAI_MODEL',
      },
      retirementDate: '2025-02-13',
    });
  });

  test('with a living model passes', () => {
    expect(findingsFor('gpt-5.1-2025-11-13')).toEqual([]);
  });

  test('is read whatever it holds', () => {
    for (const template of [null, [], 'x', {}, { Resources: [] }, { Resources: { A: null, B: { Properties: [] } } }]) {
      expect(readCloudFormationTemplate(template)).toMatchObject({ deployments: [], literals: [], opaque: [] });
    }
  });
});
