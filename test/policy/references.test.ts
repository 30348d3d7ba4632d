import { parsePolicy } from '../../lib/policy/parse-policy';
import { PolicyDocument } from '../../lib/policy/policy-document';
import { deploymentsNamedIn, referencesOf } from '../../lib/policy/references';

function read(inbound: string): PolicyDocument {
  const reading = parsePolicy(`<policies><inbound>${inbound}</inbound></policies>`);
  if ('problems' in reading) {
    throw new Error(reading.problems.join());
  }
  return reading.document;
}

test('backends and fragments are named with their places; a computed backend by its expression', () => {
  const references = referencesOf(
    read(`<include-fragment fragment-id="f" />
      <choose><when condition="true"><set-backend-service backend-id="one" /></when></choose>
      <set-backend-service backend-id="@(context.Variables["b"])" />
      <llm-content-safety backend-id="safety" />
      <llm-semantic-cache-lookup score-threshold="0.1" embeddings-backend-id="embeddings" />`),
  );
  expect(references.fragments).toEqual([{ id: 'f', place: 'inbound/include-fragment[0]' }]);
  expect(references.backends).toEqual([
    { id: 'one', place: 'inbound/choose[0]/when[0]/set-backend-service[0]' },
    { id: 'safety', place: 'inbound/llm-content-safety[0]' },
    { id: 'embeddings', place: 'inbound/llm-semantic-cache-lookup[0]' },
  ]);
  expect(references.computedBackends).toEqual([
    { expression: '(context.Variables["b"])', place: 'inbound/set-backend-service[0]' },
  ]);
});

test('addresses are those of backends, rewritten paths and requests of their own', () => {
  const { addresses } = referencesOf(
    read(`<set-backend-service base-url="https://a.example" /><rewrite-uri template="@("/x")" />
      <send-request><set-url>https://b.example</set-url></send-request>`),
  );
  expect(addresses).toEqual([
    { value: 'https://a.example', place: 'inbound/set-backend-service[0]' },
    { value: { expression: '("/x")' }, place: 'inbound/rewrite-uri[0]' },
    { value: 'https://b.example', place: 'inbound/send-request[0]/set-url[0]' },
  ]);
});

test.each([
  [
    '<set-backend-service base-url="https://a.openai.azure.com/openai/deployments/gpt-4o-2024-11-20/" />',
    ['gpt-4o-2024-11-20'],
  ],
  ['<rewrite-uri template="/deployments/a/chat/completions?x=/deployments/b" />', ['a', 'b']],
  ['<rewrite-uri template="@("/openai/deployments/gpt-35-turbo" + context.Request.Url.Path)" />', ['gpt-35-turbo']],
  ['<set-variable name="u" value="@("\\u002fdeployments/hidden")" />', ['hidden']],
  ['<rewrite-uri template="/openai/deployments/{deployment-id}/chat" />', []],
  ['<set-variable name="u" value="@($"/deployments/{name}")" />', []],
  ['<set-header name="h"><value>/deployments/in-a-header</value></set-header>', ['in-a-header']],
])('%s names the deployments %j', (text, names) => {
  expect(deploymentsNamedIn(read(text)).map(({ name }) => name)).toEqual(names);
});

test('a deployment is mentioned once a place', () => {
  expect(deploymentsNamedIn(read('<set-variable name="u" value="/deployments/a /deployments/a" />'))).toEqual([
    { name: 'a', place: 'inbound/set-variable[0]' },
  ]);
});

test('a condition compares the header it reads, or the one behind the variable it reads', () => {
  const { headerComparisons } = referencesOf(
    read(`<set-variable name="route" value="@(context.Request.Headers.GetValueOrDefault("X-AI-Model", ""))" />
      <choose>
        <when condition="@(context.Variables.GetValueOrDefault<string>("route") == "gpt-4o\\u00402024-11-20")" />
        <when condition="@(context.Request.Headers["x-other"] == "a" || context.Request.Headers["x-other"] == "b")" />
        <when condition="@(context.Request.Method == "GET")" />
        <when condition="true" />
      </choose>`),
  );
  expect(headerComparisons).toEqual([
    { header: 'x-ai-model', values: ['gpt-4o@2024-11-20'], place: 'inbound/choose[0]/when[0]' },
    { header: 'x-other', values: ['a', 'b'], place: 'inbound/choose[0]/when[1]' },
  ]);
});
