import { abridged } from '../contracts/printable';
import { NAME_LIMITS } from '../contracts/resource-names';
import { NameFact } from '../facts/release-names';
import { Finding } from './finding';
import { Rule } from './rule';
import { findingOf } from './statement';

/** A name that Azure refuses. */
export const resourceNameInvalid: Rule = {
  id: 'resource-name-invalid',
  summary:
    'A resource of the platform has a name that Azure does not take: accounts, deployments, gateways, container apps and what belongs to them.',
  why:
    'Azure refuses the name in the middle of an apply, when other resources of the release exist already. Names that hold a label or ' +
    'a hash get too long easily: a container app has 32 characters.',
  fix: 'Shorten the name or leave out the characters that are not allowed.',
  severity: 'error',
  unknownWhen: 'Never: a name that an expression makes is left to the provider, which checks it when it plans.',
  check(context) {
    return (context.facts.names ?? []).map(invalid);
  },
};

function invalid({ origin, path, kind, name }: NameFact): Finding {
  return findingOf(
    resourceNameInvalid,
    { origin, path },
    {
      message: `'${abridged(name)}' (${name.length} characters) cannot be the name of a ${kind}`,
      fix: `use ${NAME_LIMITS[kind].allowed}`,
    },
  );
}
