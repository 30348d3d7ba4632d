import { abridged, abridgedInFront } from '../contracts/printable';
import { Attribute } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { PATCHING_TYPES } from '../facts/patching-types';
import { duplicatesInRun } from './deployment-duplicate-in-run';
import { deploymentFinding } from './deployment-finding';
import { isAbsent } from './deployment-verdict';
import { Rule } from './rule';

const OF_THE_INSTANCE = /\b(?:each|count|self)\./;

/** What a plan has in place of an expression. */
const IN_WORDS = /^(?:a |known after apply\b)/;

/** Two deployments of one name on one account. */
export const deploymentDuplicate: Rule = {
  id: 'deployment-duplicate',
  summary:
    'Two resources of a stack, or of two plans of one run, declare a deployment of the same name on the same account.',
  why:
    'Azure creates or updates a deployment with one call and keeps one deployment per name: the second resource overwrites the model of the first, ' +
    'and every later apply overwrites it again.',
  fix: 'Give each deployment a name of its own, or remove one of them.',
  severity: 'error',
  unknownWhen:
    'Never: a name or account that cannot be read is compared by its expression; what differs per instance, what a plan says in words ' +
    'only (a sensitive value, known after apply), and two deployments whose `count` or `for_each` cannot be read and may exclude each other, are left out.',
  check(context) {
    const first = new Map<string, DeploymentFact>();
    const own = context.facts.deployments.flatMap((fact) => {
      const key = identityOf(fact);
      if (key === undefined) {
        return [];
      }
      const earlier = first.get(key);
      if (earlier === undefined || earlier.mayNotExist) {
        first.set(key, fact);
      }
      if (earlier === undefined || (earlier.mayNotExist && fact.mayNotExist)) {
        return [];
      }
      const name = abridged(textOf(fact.deployment));
      return [
        deploymentFinding(deploymentDuplicate, fact, {
          attribute: 'deployment',
          message:
            `deployment '${name}' on account ${abridgedInFront(textOf(fact.account))} is declared by ` +
            `${abridged(earlier.origin.address)} too: Azure keeps one, and each apply overwrites the other`,
          fix: 'give each deployment a name of its own, or remove one of the two',
        }),
      ];
    });
    return [...own, ...duplicatesInRun(deploymentDuplicate, context)];
  },
};

function identityOf(fact: DeploymentFact): string | undefined {
  if (PATCHING_TYPES.has(fact.origin.type)) {
    return undefined;
  }
  const account = keyOf(fact.account);
  const deployment = keyOf(fact.deployment);
  return account === undefined || deployment === undefined
    ? undefined
    : JSON.stringify([templateOf(fact), account, deployment]);
}

/** A template names the account within its resource group, and may be deployed to several with other parameters. */
function templateOf({ declaredBy, origin }: DeploymentFact): string | undefined {
  return declaredBy === 'template' ? origin.address : undefined;
}

/**
 * Azure compares resource ids without case. An expression means the same within a stack, unless it differs per instance;
 * what a plan says in words (a sensitive value, known after apply) may be something else each time.
 */
function keyOf(attribute: Attribute): string | undefined {
  if (isAbsent(attribute)) {
    return undefined;
  }
  if (attribute.state !== 'unknown') {
    return textOf(attribute).toLowerCase();
  }
  const { expression } = attribute;
  return OF_THE_INSTANCE.test(expression) || IN_WORDS.test(expression) ? undefined : `expression ${expression}`;
}

function textOf(attribute: Attribute): string {
  switch (attribute.state) {
    case 'known':
      return attribute.value;
    case 'unknown':
      return attribute.expression;
    case 'absent':
      return '';
  }
}
