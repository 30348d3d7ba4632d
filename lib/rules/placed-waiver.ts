import { quoted } from '../contracts/printable';
import { Waiver } from '../contracts/waiver';
import { Finding } from './finding';
import { RuleDescription } from './rule';

/** A waiver and where it stands. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  /** The stack whose configuration holds it; left out for a waiver from a file. */
  readonly stack?: string;
  /** Where it was read from, if it was a file. */
  readonly source?: string;
  /** The only input or stack that it covers, by its name or a pattern with `*`. @default - all of them */
  readonly input?: string;
}

/** A waiver as a file gives it. */
export type WaiverOfFile = Waiver & Pick<PlacedWaiver, 'source' | 'input'>;

/** A waiver that stands in no configuration. */
export function placedOutside(waiver: WaiverOfFile): PlacedWaiver {
  const { source, input } = waiver;
  return { waiver, ...(source !== undefined && { source }), ...(input !== undefined && { input }) };
}

/** The finding that a rule about waivers makes. */
export function waiverFinding(
  rule: RuleDescription,
  { waiver, stack, source }: PlacedWaiver,
  statement: { readonly message: string; readonly fix: string },
): Finding {
  const resource = String(waiver.resource ?? '');
  const isConstructPath = source === undefined && resource !== '' && !resource.includes('*');
  return {
    rule: rule.id,
    severity: rule.severity,
    status: 'violation',
    resource: {
      address: resource,
      type: 'waiver',
      stack,
      constructPath: isConstructPath ? resource : undefined,
      declaredAt: source,
    },
    ...statement,
  };
}

/** The waiver as the subject of a sentence. */
export function waiverText({ waiver, input }: PlacedWaiver): string {
  const within = input === undefined ? '' : ` in ${quoted(input)}`;
  return `the waiver of ${quoted(String(waiver.rule ?? ''))} for ${quoted(String(waiver.resource ?? ''))}${within}`;
}
