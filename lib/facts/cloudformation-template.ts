import { ConfigurationFacts, LiteralFact, OpaqueFact } from './facts';
import { HeldPlaces } from './held-places';
import { instancesOf } from './instances';
import { isObject, property, propertyAt } from './json';
import { LiteralReader } from './literal-reader';
import { Locals } from './locals';
import { StackReading } from './stack-configuration';

/** Where the AWS CDK writes a resource's construct path. */
const PATH_METADATA = 'aws:cdk:path';

/**
 * Reads a CloudFormation template: the texts of every resource, at the logical id as address. Any JSON value is
 * accepted. Intrinsic functions are read as the objects they are; what they would yield is not computed.
 */
export function readCloudFormationTemplate(template: unknown, options: StackReading = {}): ConfigurationFacts {
  const literals: LiteralFact[] = [];
  const opaque: OpaqueFact[] = [];
  const accepts = options.literals ?? ((text) => text !== '');
  const resources = property(template, 'Resources');
  const { scope } = new Locals({});
  for (const [logicalId, resource] of Object.entries(isObject(resources) ? resources : {})) {
    const body = property(resource, 'Properties');
    const type = property(resource, 'Type');
    const path = propertyAt(resource, 'Metadata', PATH_METADATA);
    if (isObject(body)) {
      const origin = {
        address: logicalId,
        type: typeof type === 'string' ? type : 'resource',
        ...(options.stack !== undefined && { stack: options.stack }),
        ...(typeof path === 'string' && { constructPath: path }),
      };
      const block = { origin, body, scope, instances: instancesOf({}, scope), held: new HeldPlaces() };
      new LiteralReader(block, accepts, { literals, opaque }).read(body);
    }
  }
  return { stack: options.stack, deployments: [], literals, opaque, waivers: [] };
}
