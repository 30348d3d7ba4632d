/** Which models a role lets its holder call: those of every format, those of format `OpenAI`, or none. */
export type InferenceReach = 'all' | 'openai' | 'none';

interface InferenceRole {
  readonly id: string;
  /** The name of today, and what it was called before. */
  readonly names: readonly string[];
  readonly reach: Exclude<InferenceReach, 'none'>;
}

/**
 * Built-in roles with data actions that call models. Owner, Contributor and Cognitive Services Contributor have none.
 * Sources: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/ai-machine-learning and, for the roles
 * that were renamed, https://learn.microsoft.com/azure/ai-foundry/concepts/rbac-azure-ai-foundry
 */
const INFERENCE_ROLES: readonly InferenceRole[] = [
  { id: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd', names: ['Cognitive Services OpenAI User'], reach: 'openai' },
  { id: 'a001fd3d-188f-4b5d-821b-7da978bf7442', names: ['Cognitive Services OpenAI Contributor'], reach: 'openai' },
  { id: 'a97b65f3-24c7-4388-baec-2e87135dc908', names: ['Cognitive Services User'], reach: 'all' },
  {
    id: '19c28022-e58e-450d-a464-0b2a53034789',
    names: ['Cognitive Services Data Contributor (Preview)'],
    reach: 'all',
  },
  { id: '64702f94-c441-49e6-a78b-ef80e0188fee', names: ['Azure AI Developer'], reach: 'all' },
  { id: '53ca6127-db72-4b80-b1b0-d745d6d5456d', names: ['Foundry User', 'Azure AI User'], reach: 'all' },
  {
    id: 'eadc314b-1a2d-4efa-be10-5d325db5065e',
    names: ['Foundry Project Manager', 'Azure AI Project Manager'],
    reach: 'all',
  },
  { id: 'c883944f-8b7b-4483-af10-35834be79c4a', names: ['Foundry Owner', 'Azure AI Owner'], reach: 'all' },
];

const reachByText: ReadonlyMap<string, InferenceReach> = new Map(
  INFERENCE_ROLES.flatMap(({ id, names, reach }) =>
    [id, ...names].map((text): [string, InferenceReach] => [text.toLowerCase(), reach]),
  ),
);

/** What a role lets its holder call, by its name or by the id of its definition; case does not matter to Azure. */
export function inferenceReach(role: string): InferenceReach {
  const text = role.trim().toLowerCase();
  return reachByText.get(text) ?? reachByText.get(text.slice(text.lastIndexOf('/') + 1)) ?? 'none';
}
