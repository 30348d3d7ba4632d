import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { ConfigurationBlock } from './configuration-block';
import { GatewayBlock } from './gateway-backends';
import { gatewayFacts, GatewaySurroundings } from './gateway-configuration';
import { GatewayFacts } from './gateway-facts';
import { withoutRoutes } from './gateway-literals';
import {
  gatewayBlocks,
  GatewayParts,
  gatewayParts,
  isGatewayPart,
  policyAttribute,
  policyTemplate,
} from './gateway-parts';
import { isRead, PolicyTexts } from './gateway-policy-text';
import { JsonObject } from './json';
import { StackReferences } from './stack-references';

/** Collects the parts of gateways while a stack is read, and makes facts of them once all of it is. */
export class GatewayReader {
  private readonly texts = new PolicyTexts();
  private readonly blocks: GatewayBlock[] = [];

  /** @returns the body as it is to be read for literals: of policies, without what the route facts hold */
  read(block: ConfigurationBlock, body: JsonObject): JsonObject {
    if (!isGatewayPart(block)) {
      return body;
    }
    this.blocks.push(...gatewayBlocks(block));
    const attribute = policyAttribute(block.origin.type);
    const text = attribute && policyTemplate({ body, instance: { suffix: '', scope: block.scope } }, attribute);
    const policy = text && this.texts[attribute === 'value' ? 'fragment' : 'policy'](text);
    const left = policy && isRead<PolicyDocument | FragmentDocument>(policy) ? withoutRoutes(policy) : undefined;
    return left === undefined ? body : { ...body, [attribute!]: left };
  }

  /** The parts of all gateways, where the stack declares any. */
  parts(references: StackReferences): GatewayParts | undefined {
    return this.blocks.length === 0 ? undefined : gatewayParts(this.blocks, references, this.texts);
  }

  facts(parts: GatewayParts | undefined, surroundings: GatewaySurroundings): GatewayFacts | undefined {
    const facts = parts && gatewayFacts(parts, surroundings);
    return facts && Object.values(facts).some((list: readonly unknown[]) => list.length > 0) ? facts : undefined;
  }
}
