import { ConfigurationFacts, LiteralFact } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { Finding } from '../../lib/rules/finding';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { retiredLiteral } from '../../lib/rules/retired-literal';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import { resolveSettings } from '../../lib/rules/settings';
import { fakeKnowledge } from '../support/knowledge';
import { isDeployedIn } from './configuration';

const TODAY = '2026-11-21';

const catalog = fakeKnowledge([
  {
    name: 'gpt-35-turbo',
    version: '0301',
    retirementDate: '2024-02-13',
    spellings: ['gpt-3.5-turbo'],
    replacements: [{ name: 'gpt-5.1', version: '2025-11-13' }],
  },
  {
    name: 'gpt-35-turbo',
    version: '0613',
    retirementDate: '2025-02-13',
    replacements: [{ name: 'gpt-5.1', version: '2025-11-13' }],
  },
  { name: 'gpt-4', version: '0613', retirementDate: '2025-06-06' },
  { name: 'gpt-4', version: '1106-preview', retirementDate: '2025-05-01' },
  { name: 'gpt-4', version: 'turbo-2024-04-09', retirementDate: '2025-11-11' },
  { name: 'gpt-4-32k', version: '0613', retirementDate: '2025-06-06' },
  { name: 'gpt-4o', version: '2024-05-13', retirementDate: '2026-10-01' },
  {
    name: 'gpt-4o',
    version: '2024-08-06',
    retirementDate: '2027-04-14',
    skuDates: { Standard: '2026-03-31' },
  },
  { name: 'gpt-4o-mini', version: '2024-07-18', retirementDate: '2027-04-14' },
  { name: 'gpt-4.1', version: '2025-04-14', retirementDate: '2027-04-14' },
  { name: 'gpt-5.1', version: '2025-11-13' },
  { name: 'o1', version: '2024-12-17', retirementDate: '2026-11-19' },
  { name: 'o1-mini', version: '2024-09-12', retirementDate: '2025-10-27' },
  { name: 'text-embedding-ada-002', version: '1', retirementDate: '2026-01-01' },
  { name: 'text-embedding-ada-002', version: '2', retirementDate: '2027-04-30' },
  { name: 'ada', version: '1', retirementDate: '2024-06-14' },
  { name: 'davinci', version: '1', retirementDate: '2024-06-14' },
  { name: 'whisper', version: '001', retirementDate: '2026-06-01' },
  { format: 'Microsoft', name: 'Phi-3-mini', version: '', retirementDate: '2025-08-30' },
  { name: 'dall-e-3', version: '3', retirementDate: '2026-03-04' },
]);

function factsOf(configuration: unknown): ConfigurationFacts {
  return readStackConfiguration(configuration, { literals: mayNameModel(catalog.spellings()) });
}

function check(configuration: unknown, asOf = TODAY): Finding[] {
  return judge(factsOf(configuration), asOf);
}

function judge(facts: ConfigurationFacts, asOf = TODAY): Finding[] {
  return retiredLiteral.check({ facts, catalog, asOf, settings: resolveSettings(), isDeployed: isDeployedIn(facts) });
}

function resource(body: Record<string, unknown>, type = 'azurerm_linux_web_app') {
  return { resource: { [type]: { app: body } } };
}

/** A container app with these environment variables. */
function env(variables: Record<string, string>) {
  const list = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return resource({ template: { container: [{ env: list }] } }, 'azurerm_container_app');
}

function settings(entries: Record<string, string>) {
  return resource({ app_settings: entries });
}

function policy(xml_content: string) {
  return resource({ xml_content }, 'azurerm_api_management_api_policy');
}

type Case = readonly [reason: string, configuration: unknown];

const ERRORS: readonly Case[] = [
  ['an env variable whose name ends with MODEL', env({ MODEL: 'gpt-4' })],
  ['a prefixed env variable', env({ AZURE_OPENAI_CHAT_MODEL: 'gpt-35-turbo' })],
  ['an env variable for the deployment that is called', env({ AZURE_OPENAI_DEPLOYMENT: 'gpt-35-turbo' })],
  ['a deployment name in a setting is what the program calls', env({ AZURE_OPENAI_DEPLOYMENT_NAME: 'gpt-4' })],
  ['name and version joined by a hyphen', env({ MODEL: 'gpt-35-turbo-0613' })],
  ['a joined version decides although other versions live', env({ MODEL: 'gpt-4o-2024-05-13' })],
  ['a pair of settings', settings({ CHAT_MODEL: 'gpt-4o', CHAT_MODEL_VERSION: '2024-05-13' })],
  ['a pair whose keys differ in name and version', settings({ MODEL_NAME: 'gpt-4o', MODEL_VERSION: '2024-05-13' })],
  ['a pair in camel case', settings({ chatModelName: 'gpt-4o', chatModelVersion: '2024-05-13' })],
  [
    'a pair of env variables that do not stand together',
    env({ MODEL: 'gpt-4o', PORT: '80', MODEL_VERSION: '2024-05-13' }),
  ],
  ['an object that names a model and its version', resource({ model: { name: 'gpt-4o', version: '2024-05-13' } })],
  ['name and version side by side', resource({ target: { name: 'gpt-4o', version: '2024-05-13' } })],
  ['a pair whose version is a number', resource({ model: 'text-embedding-ada-002', model_version: 1 })],
  ['the spelling of the documentation', env({ MODEL: 'gpt-3.5-turbo' })],
  ['capitals', env({ Model: 'GPT-35-Turbo' })],
  ['spaces around the name', env({ MODEL: '  gpt-4 ' })],
  [
    'the path of a request',
    settings({ ENDPOINT: 'https://x.openai.azure.com/openai/deployments/gpt-35-turbo/chat/completions?api-version=1' }),
  ],
  ['the path of a request at its end', settings({ ENDPOINT: 'https://x.openai.azure.com/openai/deployments/gpt-4' })],
  [
    'the path of a request behind an expression',
    settings({ ENDPOINT: '${azurerm_cognitive_account.a.endpoint}openai/deployments/gpt-4/chat' }),
  ],
  ['a route key', env({ ROUTE: 'gpt-4o@2024-05-13' })],
  ['a route key among others', env({ ROUTES: 'gpt-5.1@2025-11-13 gpt-4o@2024-05-13' })],
  ['a provider prefix', env({ MODEL: 'azure/gpt-4' })],
  ['one item of a list', env({ MODELS: 'gpt-4.1,gpt-4' })],
  ['one item of a JSON list', env({ MODELS: '["gpt-4.1", "gpt-4"]' })],
  ['JSON in a setting', settings({ CONFIG: '{"chat": {"model": "gpt-4"}}' })],
  [
    'JSON in a setting around an expression',
    settings({ CONFIG: '{"model": "gpt-4", "url": "${azurerm_cognitive_account.a.endpoint}"}' }),
  ],
  ['the model of a jsonencode expression', settings({ CONFIG: '${jsonencode({"model" = "gpt-4", "url" = var.url})}' })],
  [
    'a header of a policy',
    policy('<set-header name="x-ai-model" exists-action="override"><value>gpt-4</value></set-header>'),
  ],
  ['a variable of a policy', policy('<set-variable name="model" value="gpt-4" />')],
  ['a request body in a policy', policy('<set-body>{ "model": "gpt-4", "stream": true }</set-body>')],
  ['a rewritten path in a policy', policy('<rewrite-uri template="/openai/deployments/gpt-4/chat/completions" />')],
  ['an option of a command line', resource({ command: ['serve', '--model', 'gpt-4'] })],
  ['an option joined by an equals sign', resource({ args: ['--model=gpt-4'] })],
  ['an option in one text', resource({ custom_data: 'exec serve --model gpt-4 --port 80' })],
  ['a shell assignment', resource({ user_data: 'export OPENAI_MODEL="gpt-4"\nrun' })],
  ['YAML in a text', resource({ content: 'llm:\n  model: gpt-4\n' })],
  ['escaped JSON in a text', resource({ script_content: 'curl -d "{\\"model\\": \\"gpt-4\\"}"' })],
  ['a plain word where the key says model', env({ MODEL: 'davinci' })],
  ['a short name where the key says model', env({ REASONING_MODEL: 'o1' })],
  ['a plain word in the path of a request', settings({ URL: 'https://x/openai/deployments/whisper/audio' })],
  [
    'a plain word with its version where the key says model',
    env({ SPEECH_MODEL: 'whisper', SPEECH_MODEL_VERSION: '001' }),
  ],
  ['an old engine setting', settings({ OPENAI_API_ENGINE: 'davinci' })],
  ['a secret with a telling name', resource({ name: 'chat-model', value: 'gpt-4' }, 'azurerm_key_vault_secret')],
  [
    'a named value of API Management',
    resource({ name: 'nv', display_name: 'default-model', value: 'gpt-4', model: 'gpt-4' }),
  ],
  ['the input of a module', { module: { app: { source: './app', chat_model: 'gpt-4' } } }],
  ['the default of a variable', { variable: { chat_model: { default: 'gpt-4' } } }],
  ['a local that nothing uses', { locals: { chat_model: 'gpt-4' } }],
  ['an output', { output: { model: { value: 'gpt-4' } } }],
  ['a quoted text of an expression', env({ MODEL: '${coalesce(var.model, "gpt-4")}' })],
  ['a local, where it is used', { locals: { big: 'gpt-4' }, ...env({ MODEL: '${local.big}' }) }],
  ['a joined version under a key that says nothing', settings({ BACKEND: 'gpt-35-turbo-0613' })],
  ['a version with a word of its own', env({ MODEL: 'gpt-4-turbo-2024-04-09' })],
  ['the first word of one version', env({ MODEL: 'gpt-4-turbo' })],
  ['a data source', { data: { azapi_resource: { x: { body: { model: 'gpt-4' } } } } }],
  ['a version that nobody knows, of a model without a living version', env({ MODEL: 'gpt-35-turbo-9999' })],
  ['an API version beside a retired name', env({ AZURE_OPENAI_MODEL: 'gpt-4', AZURE_OPENAI_VERSION: '2024-02-01' })],
  ['an API version that says so', env({ OPENAI_MODEL: 'gpt-4', OPENAI_API_VERSION: '2024-02-01' })],
  [
    'the model version among other versions',
    settings({ OPENAI_MODEL: 'gpt-4o', OPENAI_VERSION: '2024-10-21', OPENAI_MODEL_VERSION: '2024-05-13' }),
  ],
  ['an assignment to a body in a policy', policy('<set-body>@{ body["model"] = "gpt-35-turbo"; }</set-body>')],
  ['a collection initialiser in a policy', policy('<set-body>@{ var x = new JObject { { "model", "gpt-4" } }; }')],
  ['a property of JSON in a policy', policy('<set-body>@{ new JProperty("model","gpt-35-turbo") }</set-body>')],
  ['entities in a policy', policy('<set-body>@{ body[&quot;model&quot;] = &quot;gpt-35-turbo&quot;; }</set-body>')],
  ['numbered entities in a policy', policy('<set-body>@{ body[&#34;model&#34;] = &#34;gpt-4&#34;; }</set-body>')],
  [
    'an expression for a variable of a policy',
    policy('<set-variable name="model" value="@(&quot;gpt-35-turbo&quot;)" />'),
  ],
  ['an expression for a header of a policy', policy('<set-header name="x-model"><value>@("gpt-4")</value>')],
  ['a value in place of none in a policy', policy('@{ var x = body["model"]?.ToString() ?? "gpt-4"; }')],
  ['a fallback in a policy', policy('@(body.Value("model") ?? headers.GetValueOrDefault("model", "gpt-4"))')],
  [
    'a version as the next option of a command line',
    resource({ command: 'az cognitiveservices deploy --model-name gpt-4o --model-version "2024-05-13"' }),
  ],
  ['a version on the next line of an env file', resource({ content: 'MODEL=gpt-4o\nMODEL_VERSION=2024-05-13\n' })],
  ['a version behind it in an object', resource({ command: 'run {model=gpt-4o, model_version=2024-05-13}' })],
  ['a version below it in YAML', resource({ content: 'model:\n  name: gpt-4o\n  version: "2024-05-13"\n' })],
  ['a version after a comma', env({ MODEL: 'gpt-4o,2024-05-13' })],
  ['the id of a model in a registry', settings({ ASSET: 'azureml://registries/x/models/gpt-4o/versions/2024-05-13' })],
  ['a short version after its word', settings({ MODEL: 'models/text-embedding-ada-002/versions/1' })],
  ['a name under a model in YAML', resource({ content: 'model:\n  name: gpt-35-turbo\n  version: "0613"\n' })],
  ['an item of a YAML list', resource({ content: 'models:\n  - gpt-35-turbo\n' })],
  ['a later item of a YAML list', resource({ content: 'models:\n- gpt-5.1\n- "gpt-35-turbo"\n' })],
  ['an object in a YAML list', resource({ content: 'models:\n  - name: gpt-4\n    weight: 1\n' })],
  ['an item of a list in one line', resource({ content: 'x: 1\nmodels: [gpt-5.1, gpt-35-turbo]\n' })],
  ['a provider prefix in YAML', resource({ content: 'llm:\n  model: azure/gpt-35-turbo\n' })],
  ['a provider prefix of an option', resource({ command: 'litellm --model azure/gpt-35-turbo --port 80' })],
  ['a comment beside a living model', resource({ content: 'model: gpt-4 # was "gpt-3"\n# model: gpt-4o\n' })],
  ['an image that is no file', env({ MODEL_IMAGE: 'dall-e-3' })],
  ['an image of a service with a version', env({ AZURE_OPENAI_IMAGE: 'gpt-35-turbo-0613' })],
  ['a model key that ends with path', env({ OPENAI_MODEL_PATH: 'gpt-4' })],
  ['a model key that ends with group', env({ MODEL_GROUP: 'gpt-4-0613' })],
  ['a model key that ends with user', env({ CHAT_MODEL_USER: 'gpt-4' })],
  ['a fine-tuned model', env({ MODEL: 'gpt-35-turbo-0613.ft-0e20ab' })],
  ['a deployment key with a word behind it', env({ AZURE_OPENAI_DEPLOYMENT_CHAT: 'davinci' })],
  ['an open model on Azure', env({ MODEL: 'phi-3-mini' })],
  ['an open model under a key that says Azure', { variable: { azure_model: { default: 'phi-3-mini' } } }],
  ['an ARM parameter', resource({ parameters_content: '{"modelName": {"value": "gpt-4"}}' })],
];

const WARNINGS: readonly Case[] = [
  ['a key that only has to do with models', env({ AZURE_OPENAI_CHAT: 'gpt-4' })],
  ['a key that says nothing', settings({ BIG: 'gpt-4' })],
  ['a resource that is called like a model', resource({ name: 'gpt-4' })],
  ['a deployment name that a resource was given', resource({ deployment_name: 'gpt-4' })],
  ['a display name that has a version', resource({ display_name: 'gpt-35-turbo-0613' })],
  ['a longer deployment name in a setting', env({ MODEL: 'prod-gpt-4-eu' })],
  ['prose that gives a version', resource({ description: 'Serves gpt-35-turbo-0613 to the pilot.' })],
  ['a tag that says model', resource({ tags: { model: 'gpt-4' } })],
  ['a tag with a version', resource({ tags: { backend: 'gpt-35-turbo-0613' } })],
  ['words under a key that says model', env({ MODEL: 'either gpt-4 or nothing' })],
  ['a versioned name as one segment of a path', settings({ URL: 'https://host/files/gpt-35-turbo-0613/latest' })],
  ['a condition on a model in a policy', policy('<when condition="@(context.Variables["model"] == "gpt-35-turbo")">')],
  ['a condition on a variable', policy('<set-body>@{ if (model == "gpt-35-turbo") { } }</set-body>')],
  ['a query of logs', resource({ query: 'ApiLogs | where modelName_s == "gpt-35-turbo" | count' })],
  ['a query of logs for several models', resource({ query: 'ApiLogs | where modelName_s in ("gpt-35-turbo", "x")' })],
  ['a call of Equals', policy('@(model.Equals("gpt-4"))')],
  ['an image of a service', env({ OPENAI_IMAGE: 'gpt-4' })],
  ['an open model that somebody hosts', resource({ env: { MODEL: 'phi-3-mini' } }, 'kubernetes_deployment')],
  ['an open model in a variable', { variable: { model: { default: 'phi-3-mini' } } }],
  [
    'the ARM id of a deployment',
    resource({
      scope: '/subscriptions/s/resourceGroups/r/providers/Microsoft.CognitiveServices/accounts/a/deployments/gpt-4',
    }),
  ],
];

const NOTHING: readonly Case[] = [
  ['gpt-4 inside gpt-4o', env({ MODEL: 'gpt-4o' })],
  ['gpt-4 inside gpt-4o-mini', env({ MODEL: 'gpt-4o-mini' })],
  ['gpt-4 inside gpt-4.1', env({ MODEL: 'gpt-4.1' })],
  ['gpt-4 inside a number that the catalogue does not know', env({ MODEL: 'gpt-4.7' })],
  ['gpt-4o inside a longer word', env({ MODEL: 'gpt-4omega' })],
  ['a model of which one version lives', env({ MODEL: 'text-embedding-ada-002' })],
  ['a model that retired on one SKU only', env({ MODEL: 'gpt-4o-2024-08-06' })],
  ['a pair that lives', settings({ MODEL: 'text-embedding-ada-002', MODEL_VERSION: '2' })],
  ['a living route key', env({ ROUTE: 'gpt-4.1@2025-04-14' })],
  ['an API version beside a living model', settings({ OPENAI_MODEL: 'gpt-4o', OPENAI_API_VERSION: '2024-05-13' })],
  ['a version of the application', settings({ MODEL: 'gpt-4o', VERSION: '1.2.3' })],
  ['a version that stands alone', env({ MODEL_VERSION: '0613' })],
  ['four digits that are no version', env({ PORT: '0613' })],
  ['a CIDR range', resource({ address_space: ['10.0.0.0/16', '0613::/16'] })],
  ['prose that names a model', resource({ description: 'Moved from gpt-4 to gpt-4.1 last year.' })],
  ['a comment for people', resource({ comment: 'gpt-4' })],
  ['a resource name that contains a model', resource({ name: 'app-gpt-4-prod' })],
  ['a resource group that contains a model', resource({ resource_group_name: 'rg-gpt-4-team' })],
  ['a team', resource({ tags: { team: 'gpt-4' } })],
  ['a team as a setting', settings({ OWNER_TEAM: 'gpt-4-squad' })],
  ['an e-mail address', settings({ CONTACT: 'gpt-4@contoso.com' })],
  ['a file', settings({ PROMPT: 'prompts/gpt-4.md' })],
  ['a file with a version', settings({ MODEL_CARD: 'gpt-35-turbo-0613.json' })],
  ['a key for files', settings({ MODEL_PATH: '/models/gpt-4' })],
  ['a host', settings({ MODEL_HOST: 'https://gpt-4.openai.azure.com/' })],
  ['an image', resource({ image: 'acr.azurecr.io/gpt-4:0613' })],
  ['a folder', settings({ DATA: '/data/gpt-4/input' })],
  ['a person called Ada', resource({ name: 'ada' })],
  ['a plain word in a setting', settings({ THEME: 'ada' })],
  ['a plain word with the version of something else', resource({ plugin: { name: 'whisper', version: '001' } })],
  ['a plain word in a sentence', settings({ MOTTO: 'whisper, davinci' })],
  ['a tag that is a plain word', resource({ tags: { model: 'ada' } })],
  ['letters inside a word', env({ MODEL: 'foo1' })],
  ['a short name that is a zone', resource({ zone: 'o1' })],
  ['the name of a resource in an expression', env({ MODEL: '${azurerm_cognitive_deployment.gpt-4.name}' })],
  ['the key of a map in an expression', env({ MODEL: '${var.models["gpt-4"]}' })],
  ['a dependency', resource({ depends_on: ['azurerm_cognitive_deployment.gpt-4'] })],
  ['cdktf metadata', resource({ '//': { metadata: { path: 'stack/gpt-4', model: 'gpt-4' } } })],
  ['a tag key that says nothing', resource({ tags: { stage: 'gpt-4' } })],
  ['a version of the API beside a living model', settings({ OPENAI_MODEL: 'gpt-4o', OPENAI_VERSION: '2024-10-21' })],
  ['an API version that is a variable', settings({ OPENAI_MODEL: 'gpt-4o', OPENAI_VERSION: '${var.api_version}' })],
  ['an API version below the model in a text', resource({ content: 'MODEL=gpt-4o\nAPI_VERSION=2024-05-13' })],
  ['the version of another item in a text', resource({ content: '- model: gpt-4o\n- version: 2024-05-13' })],
  ['the version of another model in a text', resource({ content: 'model=gpt-4o model=gpt-4.1 version=2024-05-13' })],
  ['a list of denied models', settings({ deniedModels: 'gpt-4,gpt-35-turbo-0613' })],
  ['a list of blocked models', env({ BLOCKED_MODELS: 'gpt-4' })],
  ['a list of retired models', env({ RETIRED_MODELS: 'gpt-4@0613' })],
  ['a list of deprecated names', env({ DEPRECATED_MODEL_NAMES: 'gpt-4' })],
  ['models below a key for what is denied', settings({ CONFIG: '{"deny": {"models": ["gpt-4-0613"]}}' })],
  ['a list of denied models in a text', resource({ content: 'blocked_models: [gpt-4o, gpt-4-0613]' })],
  ['a list of denied models in YAML', resource({ content: 'blocked_models:\n  - gpt-4-0613\n' })],
  [
    'a definition of Azure Policy',
    resource({ policy_rule: '{"if":{"field":"model","in":["gpt-4-0613"]}}' }, 'azurerm_policy_definition'),
  ],
  ['a comment of a policy', policy('<!-- "model": "gpt-35-turbo-0613" --><base />')],
  ['a comment of a script', resource({ user_data: 'set -e\n  # model: gpt-35-turbo-0613 retired\n' })],
  ['a comment of code', policy('<set-body>@{\n  // model = "gpt-4";\n}</set-body>')],
  ['a comment behind a value', resource({ content: 'model: gpt-4.1 # was model: gpt-4\n' })],
  ['the model of hardware', settings({ hardware_model: 'o1' })],
  ['the model of a device', settings({ device_model: 'ada' })],
  ['the environment of a deployment', env({ DEPLOYMENT_ENVIRONMENT: 'davinci' })],
  ['the slot of a deployment', resource({ deployment_slot: 'davinci' })],
  ['a plain word in another cloud', resource({ model_name: 'o1' }, 'aws_sagemaker_model')],
  ['a plain word in a template of another cloud', resource({ model: 'ada' }, 'google_vertex_ai_endpoint')],
  ['dashes for the dots of a living model', env({ AZURE_OPENAI_DEPLOYMENT: 'gpt-4-1' })],
  ['dashes for the dots of another living model', env({ AZURE_OPENAI_DEPLOYMENT: 'gpt-4-1-mini' })],
  ['another script before the name', env({ MODEL: 'ägpt-4' })],
  ['a request path of a longer name', settings({ URL: 'https://x/openai/deployments/my-gpt-4/chat' })],
];

describe('retired-literal is an error where the context names a retired model', () => {
  test.each(ERRORS)('%s', (_reason, configuration) => {
    const findings = check(configuration);
    expect(findings.map(({ severity, status }) => ({ severity, status }))).toContainEqual({
      severity: 'error',
      status: 'violation',
    });
  });
});

describe('retired-literal is a warning where the context only suggests a model', () => {
  test.each(WARNINGS)('%s', (_reason, configuration) => {
    expect(check(configuration).map(({ severity, status }) => ({ severity, status }))).toEqual([
      { severity: 'warning', status: 'violation' },
    ]);
  });
});

describe('retired-literal leaves', () => {
  test.each(NOTHING)('%s', (_reason, configuration) => {
    expect(check(configuration)).toEqual([]);
  });
});

describe('retired-literal says', () => {
  test('which text names which model, since when, and what to do', () => {
    const configuration = env({ OPENAI_MODEL: 'gpt-35-turbo-0613' });
    expect(check(configuration)).toEqual([
      {
        rule: 'retired-literal',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_container_app.app',
          type: 'azurerm_container_app',
          path: 'template.container[0].env[0].value',
        },
        message:
          'template.container[0].env[0].value (OPENAI_MODEL) names gpt-35-turbo@0613, which retired on 2025-02-13, 646 days ago',
        fix: 'name gpt-5.1@2025-11-13 instead',
        model: { format: 'OpenAI', name: 'gpt-35-turbo', version: '0613' },
        retirementDate: '2025-02-13',
      },
    ]);
  });

  test.each<[string, unknown, string, string]>([
    [
      'that no version of a model is left',
      settings({ MODEL: 'gpt-4' }),
      'app_settings.MODEL names gpt-4, of which every version is retired (the last, turbo-2024-04-09, retired on 2025-11-11, 375 days ago)',
      'name a model that lives',
    ],
    [
      'since when a model without versions is retired',
      settings({ MODEL: 'phi-3-mini' }),
      'app_settings.MODEL names Phi-3-mini, which retired on 2025-08-30, 448 days ago',
      'name a model that lives',
    ],
    [
      'where the version of a pair stands',
      settings({ MODEL: 'gpt-4o', MODEL_VERSION: '2024-05-13' }),
      'app_settings.MODEL names gpt-4o@2024-05-13, which retired on 2026-10-01, 51 days ago, its version in MODEL_VERSION',
      'name a model that lives',
    ],
    [
      'that it only seems so',
      resource({ name: 'gpt-4-0613' }),
      'name seems to name gpt-4@0613, which retired on 2025-06-06, 533 days ago',
      'name a model that lives; if it is not meant as a model, waive this with a reason',
    ],
    [
      'every model of one text once',
      policy('model: gpt-4-0613, model: gpt-35-turbo-0613, model: gpt-4-0613'),
      'xml_content names gpt-4@0613, which retired on 2025-06-06, 533 days ago; it names gpt-35-turbo@0613, which retired on 2025-02-13, 646 days ago',
      'name a model that lives',
    ],
  ])('%s', (_what, configuration, message, fix) => {
    expect(check(configuration).map((finding) => [finding.message, finding.fix])).toEqual([[message, fix]]);
  });

  test('nothing of a secret that stands around the name', () => {
    const [finding] = check(settings({ CONNECTION: 'key=s3cr3t;model=gpt-4;' }));
    expect(JSON.stringify(finding)).not.toContain('s3cr3t');
  });

  test('nothing that could disturb a terminal', () => {
    const [finding] = check(settings({ 'MODEL\u001b[31m\n': 'gpt-4' }));
    expect(finding!.message).toMatch(/^app_settings\["MODEL/);
    expect(finding!.message).not.toMatch(/\p{Cc}/u);
  });
});

describe('retired-literal follows the date', () => {
  test.each([
    ['2026-09-30', 0],
    ['2026-10-01', 1],
  ])('of a version: on %s there are %d findings', (asOf, count) => {
    expect(check(env({ MODEL: 'gpt-4o-2024-05-13' }), asOf)).toHaveLength(count);
  });

  test.each([
    ['2025-11-10', 0],
    ['2025-11-11', 1],
  ])('of the last version of a name: on %s there are %d findings', (asOf, count) => {
    expect(check(env({ MODEL: 'gpt-4' }), asOf)).toHaveLength(count);
  });
});

describe('retired-literal is unknown', () => {
  test.each<[string, unknown, string]>([
    [
      'where the version of a pair is a variable and some versions are retired',
      settings({ MODEL: 'gpt-4o', MODEL_VERSION: '${var.version}' }),
      'app_settings.MODEL names gpt-4o, which has its version in MODEL_VERSION, which Terraform alone can read: whether it is retired is not known',
    ],
    [
      'where the catalogue does not know the version',
      env({ MODEL: 'gpt-4o-2031-01-01' }),
      "template.container[0].env[0].value (MODEL) names gpt-4o, which has version '2031-01-01', which the catalogue does not know: whether it is retired is not known",
    ],
    [
      'where an expression continues the name',
      settings({ MODEL: 'gpt-4-${var.version}' }),
      'app_settings.MODEL names gpt-4, which goes on with an expression that Terraform alone can read: whether it is retired is not known',
    ],
  ])('%s', (_what, configuration, message) => {
    expect(check(configuration).map((finding) => [finding.status, finding.severity, finding.message])).toEqual([
      ['unknown', 'warning', message],
    ]);
  });

  test('not where every version is retired, whatever the variable holds', () => {
    const [finding] = check(settings({ MODEL: 'gpt-4', MODEL_VERSION: '${var.version}' }));
    expect([finding!.status, finding!.severity]).toEqual(['violation', 'error']);
  });

  test('not where every version lives', () => {
    expect(check(settings({ MODEL: 'gpt-4.1', MODEL_VERSION: '${var.version}' }))).toEqual([]);
  });
});

describe('a deployment of the same configuration is judged itself', () => {
  function declared(name: string, more: Record<string, unknown>) {
    const model = { format: 'OpenAI', name: 'gpt-4.1', version: '2025-04-14' };
    const { resource: other } = more as { resource: Record<string, unknown> };
    return { resource: { ...other, azurerm_cognitive_deployment: { chat: { name, model } } } };
  }

  test.each<[string, Record<string, unknown>]>([
    ['a setting that names it', env({ AZURE_OPENAI_DEPLOYMENT: 'gpt-4' })],
    ['a model setting, as clients take deployment names for models', env({ MODEL: 'GPT-4' })],
    ['a path that leads to it', settings({ URL: 'https://x/openai/deployments/gpt-4/chat' })],
  ])('so nothing is said of %s', (_what, configuration) => {
    expect(check(declared('gpt-4', configuration))).toEqual([]);
    expect(check(declared('other', configuration))).toHaveLength(1);
  });

  test('a pair and a route key mean the model all the same', () => {
    expect(check(declared('gpt-4', settings({ MODEL: 'gpt-4', MODEL_VERSION: '0613' })))).toHaveLength(1);
    expect(check(declared('gpt-4', env({ ROUTE: 'gpt-4@0613' })))).toHaveLength(1);
  });

  test('its own model is not a literal', () => {
    const model = { format: 'OpenAI', name: 'gpt-4', version: '0613' };
    expect(check({ resource: { azurerm_cognitive_deployment: { chat: { name: 'gpt-4', model } } } })).toEqual([]);
  });
});

describe('retired-literal reports one literal once', () => {
  test('with the address of its instance', () => {
    const body = { for_each: { a: 'gpt-4', b: 'gpt-4.1' }, model: '${each.value}' };
    expect(check(resource(body)).map((finding) => [finding.resource.address, finding.resource.path])).toEqual([
      ['azurerm_linux_web_app.app["a"]', 'model'],
    ]);
  });

  test('at the place that uses a local, not at the local', () => {
    const configuration = { locals: { model: 'gpt-4' }, ...env({ MODEL: '${local.model}' }) };
    expect(check(configuration).map(({ resource: { address } }) => address)).toEqual(['azurerm_container_app.app']);
  });

  test('in a long policy with many mentions', () => {
    expect(check(policy('<when condition="model == "gpt-4"" />\n'.repeat(5_000)))).toHaveLength(1);
  });
});

test('names that several publishers share are retired only where all of them are', () => {
  const shared = fakeKnowledge([
    { name: 'chat-7b', version: '1', retirementDate: '2025-01-01' },
    { format: 'Other', name: 'chat-7b', version: '1' },
  ]);
  const facts = readStackConfiguration(env({ MODEL: 'chat-7b' }));
  expect(
    retiredLiteral.check({
      facts,
      catalog: shared,
      asOf: TODAY,
      settings: resolveSettings(),
      isDeployed: isDeployedIn(facts),
    }),
  ).toEqual([]);
});

describe('a fine-tuned model', () => {
  const tuned: LifecycleKnowledge = {
    ...catalog,
    lookup: (query, on) => catalog.lookup(query, query.scope === 'fine-tune' ? '2020-01-01' : on),
  };

  function checkTuned(model: string, knowledge: LifecycleKnowledge) {
    const facts = readStackConfiguration(env({ MODEL: model }));
    return retiredLiteral.check({
      facts,
      catalog: knowledge,
      asOf: TODAY,
      settings: resolveSettings(),
      isDeployed: isDeployedIn(facts),
    });
  }

  test('is judged by the dates of fine-tuned models', () => {
    expect(checkTuned('gpt-35-turbo-0613.ft-0e20ab', tuned)).toEqual([]);
    expect(checkTuned('gpt-35-turbo-0613', tuned)).toHaveLength(1);
  });

  test('is named as such', () => {
    expect(checkTuned('gpt-35-turbo-0613.ft-0e20ab', catalog)[0]!.message).toMatch(
      / names gpt-35-turbo@0613 \(fine-tuned\), which retired on 2025-02-13/,
    );
  });
});

test.each([
  ['gpt-5.1', 0],
  ['gpt-35-turbo', 60],
])('what stands beside a text is read only where the text names a model that retires: %s', (model, read) => {
  const items = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, model]));
  const entries = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [`S${index}`, '${each.value}']));
  const facts = factsOf(resource({ for_each: items, app_settings: entries }));
  const asked = new Set<LiteralFact>();
  const literals = facts.literals.map((literal) =>
    Object.defineProperty({ ...literal }, 'siblings', {
      get(this: LiteralFact) {
        asked.add(this);
        return literal.siblings;
      },
    }),
  );
  judge({ ...facts, literals });
  expect([literals.length, asked.size]).toEqual([60, read]);
});

describe('a deployment of the same configuration', () => {
  const deployment = (name: string, version: string) => ({
    azurerm_cognitive_deployment: { chat: { name: 'chat', model: { format: 'OpenAI', name, version } } },
  });
  const suggested = { azurerm_key_vault: { vault: { tags: { note: 'serves gpt-4o@2024-05-13' } } } };
  const named = { azurerm_linux_web_app: { app: { app_settings: { MODEL: 'gpt-4o@2024-05-13' } } } };

  test.each([
    ['a text that suggests the model is left to model-retired', suggested, deployment('gpt-4o', '2024-05-13'), []],
    ['a text that names the model is an error all the same', named, deployment('gpt-4o', '2024-05-13'), ['error']],
    ['another version says nothing of it', suggested, deployment('gpt-4o', '2024-08-06'), ['warning']],
  ])('%s', (_reason, literal, deployed, severities) => {
    expect(check({ resource: { ...literal, ...deployed } }).map(({ severity }) => severity)).toEqual(severities);
  });
});
