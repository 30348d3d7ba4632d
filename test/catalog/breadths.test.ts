import { breadthsOf, UpdateScope } from '../../lib/catalog/breadths';
import { ModelKind } from '../../lib/catalog/catalog-document';
import { classifyUpdate } from '../../lib/catalog/update-scope';

test.each<[UpdateScope, string]>([
  ['none', 'check check check check check'],
  ['minor-version', 'must check check check check'],
  ['intermediate-version', 'must likely likely check check'],
  ['variant', 'must likely likely check check'],
  ['major-version', 'must likely likely likely check'],
  ['generation', 'must likely likely likely check'],
  ['model-change-general', 'must must must likely check'],
  ['model-change-specialised', 'must must must likely likely'],
  ['deployment-option', 'must likely check check check'],
])('%s: model, config, prompt, logic, grounding data are %s', (scope, expected) => {
  expect(Object.values(breadthsOf(scope, 'chat', 'chat')).join(' ')).toBe(expected);
  expect(Object.values(breadthsOf(scope)).join(' ')).toBe(expected);
});

test.each<[ModelKind, ModelKind, string]>([
  ['chat', 'reasoning', 'must must likely likely check'],
  ['reasoning', 'chat', 'must must likely likely check'],
  ['completion', 'chat', 'must must must must check'],
  ['chat', 'audio', 'must must must must check'],
  ['embeddings', 'embeddings', 'must likely check likely must'],
  ['chat', 'embeddings', 'must must must must must'],
])('a major version from %s to %s', (from, to, expected) => {
  expect(Object.values(breadthsOf('major-version', from, to)).join(' ')).toBe(expected);
});

test.each<[string, string, string, string]>([
  ['gpt-4.1', 'gpt-5.1', 'modelConfig', 'must'],
  ['gpt-5', 'gpt-5.1', 'modelConfig', 'likely'],
  ['gpt-4o', 'gpt-4.1', 'modelConfig', 'likely'],
  ['text-embedding-ada-002', 'text-embedding-3-large', 'groundingData', 'must'],
  ['text-embedding-3-small', 'text-embedding-3-large', 'groundingData', 'must'],
  ['Cohere-embed-v3-english', 'embed-v-4-0', 'groundingData', 'must'],
  ['Cohere-embed-v3-english', 'text-embedding-3-large', 'groundingData', 'must'],
  ['gpt-4o', 'financial-reports-analysis', 'groundingData', 'likely'],
  ['gpt-35-turbo-instruct', 'gpt-4.1-mini', 'orchestrationLogic', 'must'],
])('%s to %s: %s %s change', (from, to, breadth, need) => {
  expect(classifyUpdate({ name: from }, { name: to }).breadths).toMatchObject({ [breadth]: need });
});

test('vectors stay where the same embedding model is hosted elsewhere', () => {
  const name = 'text-embedding-3-large';
  const classified = classifyUpdate({ name, hosting: 'azure' }, { name, hosting: 'openai' });
  expect(classified.breadths.groundingData).toBe('check');
});

test('a new version of an embedding model changes its vectors', () => {
  const name = 'text-embedding-ada-002';
  const classified = classifyUpdate({ name, version: '1' }, { name, version: '2' });
  expect(classified).toMatchObject({ scope: 'minor-version', breadths: { groundingData: 'must' } });
});
