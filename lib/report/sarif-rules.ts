import { RuleDescription } from '../rules/rule';
import { RULES } from '../rules/rules';

export const PROJECT_URL = 'https://github.com/cdktf-azure-model-lifecycle/cdktf-azure-model-lifecycle';

/** Every rule as SARIF describes one; all texts are this project's own. */
export function sarifRules() {
  return RULES.map(describe);
}

/** Place of a rule among `sarifRules`, by its id. */
export const SARIF_RULE_INDEX: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));

function describe(rule: RuleDescription) {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['Why it matters', rule.why],
    ['Fix', rule.fix],
    ['Severity', rule.severityNote],
    ['Unknown when', rule.unknownWhen],
  ];
  const written = parts.filter(([, text]) => text !== undefined);
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: {
      text: written.map(([title, text]) => `${title}: ${text}`).join('\n'),
      markdown: written.map(([title, text]) => `**${title}:** ${text}`).join('\n\n'),
    },
    helpUri: `${PROJECT_URL}/blob/main/docs/rules.md#${rule.id}`,
    defaultConfiguration: { level: rule.severity },
  };
}
