const text = { type: 'string' } as const;
const texts = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } } as const;
const condition = text;

const common = {
  displayName: text,
  name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
  condition,
  env: texts,
  enabled: { type: 'boolean' },
  continueOnError: { type: 'boolean' },
  timeoutInMinutes: { type: 'integer', minimum: 0 },
} as const;

const variables = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'value'],
    additionalProperties: false,
    properties: { name: text, value: text, readonly: { type: 'boolean' } },
  },
} as const;

const step = (kind: string, properties: object) => ({
  type: 'object',
  required: [kind],
  properties: { ...common, [kind]: text, ...properties },
  additionalProperties: false,
});

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/ */
const INPUTS: Readonly<Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>> =
  {
    'NodeTool@0': { required: [], optional: ['versionSource', 'versionSpec', 'checkLatest'] },
    'AzureCLI@2': {
      required: ['azureSubscription', 'scriptType', 'scriptLocation', 'inlineScript'],
      optional: ['addSpnToEnvironment', 'arguments', 'workingDirectory', 'failOnStandardError', 'useGlobalConfig'],
    },
    'PublishTestResults@2': {
      required: ['testResultsFormat', 'testResultsFiles'],
      optional: ['testRunTitle', 'searchFolder', 'mergeTestResults', 'failTaskOnFailedTests'],
    },
  };

const tasks = Object.entries(INPUTS).map(([task, { required, optional }]) => ({
  type: 'object',
  required: ['task', 'inputs'],
  properties: {
    ...common,
    task: { const: task },
    inputs: {
      type: 'object',
      required: [...required],
      properties: Object.fromEntries([...required, ...optional].map((name) => [name, { type: ['string', 'boolean'] }])),
      additionalProperties: false,
    },
  },
  additionalProperties: false,
}));

/**
 * As much of the YAML schema of Azure Pipelines as the examples use, from its documentation: an unknown key, step or input of a
 * task is an error. https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/
 */
export const AZURE_PIPELINES_SCHEMA = {
  type: 'object',
  required: ['pool', 'jobs'],
  additionalProperties: false,
  properties: {
    trigger: { const: 'none' },
    pr: {
      type: 'object',
      additionalProperties: false,
      properties: {
        branches: {
          type: 'object',
          additionalProperties: false,
          properties: { include: { type: 'array', items: text }, exclude: { type: 'array', items: text } },
        },
      },
    },
    pool: { type: 'object', required: ['vmImage'], additionalProperties: false, properties: { vmImage: text } },
    variables,
    jobs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['job', 'steps'],
        additionalProperties: false,
        properties: {
          job: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
          displayName: text,
          timeoutInMinutes: { type: 'integer', minimum: 0 },
          condition,
          dependsOn: text,
          variables,
          steps: {
            type: 'array',
            minItems: 1,
            items: {
              oneOf: [
                step('checkout', {
                  persistCredentials: { type: 'boolean' },
                  fetchDepth: { type: 'integer', minimum: 0 },
                }),
                step('bash', { workingDirectory: text, failOnStderr: { type: 'boolean' } }),
                step('publish', { artifact: text }),
                step('download', { artifact: text, patterns: text, path: text }),
                ...tasks,
              ],
            },
          },
        },
      },
    },
  },
} as const;
