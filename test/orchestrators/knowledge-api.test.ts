import { App } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';
import { KnowledgeApi, KnowledgeApiProps, Orchestrator, OrchestratorModels } from '../../lib/orchestrators';
import { KnowledgeIndex } from '../../lib/releases';
import {
  DIGEST,
  EMBEDDINGS,
  environmentIn,
  GPT,
  GUID,
  platformStack,
  releaseOf,
  resources,
  rolesOf,
  SEARCH_ID,
  stackWithModels,
  variablesOf,
} from './support/orchestrator-stack';

const INDEX: KnowledgeIndex = { index: 'handbook-3-large', embeddingModel: EMBEDDINGS, dimensions: 3072 };
const IMAGE = `contoso.azurecr.io/knowledge@${DIGEST}`;

function knowledgeIn(props: Partial<KnowledgeApiProps> = {}) {
  const { stack, deployments } = stackWithModels(GPT, EMBEDDINGS);
  const shared = { environment: environmentIn(stack), models: OrchestratorModels.direct(deployments) };
  const knowledge = new KnowledgeApi(stack, 'knowledge', {
    ...shared,
    image: IMAGE,
    searchServiceId: SEARCH_ID,
    index: INDEX,
    ...props,
  });
  return { stack, shared, knowledge };
}

const grounded = (knowledge: KnowledgeIndex | undefined = INDEX) => releaseOf({ knowledge });

describe('what is declared', () => {
  test('an app of its own, that is told index, service and embedding model', () => {
    const { stack, knowledge } = knowledgeIn();
    const app = resources(stack, 'container_app').knowledge!;
    expect(knowledge.appName).toMatch(/^knowledge-[0-9a-f]{12}$/);
    expect(app).toMatchObject({
      name: knowledge.appName,
      revision_mode: 'Single',
      tags: { 'knowledge-index': 'handbook-3-large' },
      ingress: { external_enabled: false },
      template: { container: [{ image: IMAGE, readiness_probe: [{ path: '/healthz/ready' }] }] },
    });
    expect(variablesOf(app)).toEqual({
      SEARCH_ENDPOINT: 'https://contoso-search.search.windows.net',
      SEARCH_INDEX: 'handbook-3-large',
      KNOWLEDGE_EMBEDDING_MODEL: 'text-embedding-3-large@1',
      KNOWLEDGE_DIMENSIONS: '3072',
      AZURE_CLIENT_ID: expect.stringContaining('.client_id}') as string,
      PORT: '8080',
      OTEL_RESOURCE_ATTRIBUTES: `service.name=knowledge,service.version=${knowledge.appName}`,
      MODEL_EMBEDDINGS_URL: 'https://sweden.openai.azure.com/openai/v1',
      MODEL_EMBEDDINGS_DEPLOYMENT: 'text-embedding-3-large_1_globalstandard',
      MODEL_EMBEDDINGS_SCOPE: 'https://cognitiveservices.azure.com/.default',
    });
  });

  test('an orchestrator is told its URL, and the API alone may read the index', () => {
    const { stack, shared, knowledge } = knowledgeIn();
    const orchestrator = new Orchestrator(stack, 'app', { ...shared, release: grounded(), knowledge });
    const { app } = resources(stack, 'container_app');
    expect(variablesOf(app!).KNOWLEDGE_URL).toBe('https://${azurerm_container_app.knowledge.ingress[0].fqdn}');
    expect(variablesOf(app!).SEARCH_ENDPOINT).toBeUndefined();
    const readers = rolesOf(stack).filter((role) => role.startsWith('Search Index Data Reader'));
    expect(readers).toEqual([
      expect.stringMatching(/\| \/subscriptions\/.*contoso-search \| \$\{azurerm_user_assigned_identity\.knowledge_/),
    ]);
    expect(orchestrator.principalId).not.toBe(knowledge.principalId);
  });

  test.each<[string, Partial<KnowledgeIndex>]>([
    ['index', { index: 'handbook-2' }],
    ['embedding model', { embeddingModel: ModelVersion.openAi('text-embedding-3-large', '2') }],
    ['number of dimensions', { dimensions: 1024 }],
  ])('the API of another %s is another app', (_, change) => {
    const { stack, deployments } = stackWithModels(EMBEDDINGS, ModelVersion.openAi('text-embedding-3-large', '2'));
    const shared = { environment: environmentIn(stack), models: OrchestratorModels.direct(deployments) };
    const props = { ...shared, image: IMAGE, searchServiceId: SEARCH_ID };
    const one = new KnowledgeApi(stack, 'one', { ...props, index: INDEX });
    const other = new KnowledgeApi(stack, 'other', { ...props, index: { ...INDEX, ...change } });
    expect(other.appName).not.toBe(one.appName);
    expect(() => new KnowledgeApi(stack, 'again', { ...props, index: INDEX })).toThrow(
      `Container App '${one.appName}' is declared twice in one environment, by stack/one and by stack/again; `,
    );
  });
});

describe('a release and its index', () => {
  const TINY = ModelVersion.openAi('text-embedding-ada-002', '2');
  const NEXT = ModelVersion.openAi('text-embedding-3-large', '2');

  test.each<[string, KnowledgeIndex, string]>([
    ['another index', { ...INDEX, index: 'handbook-2' }, "'handbook-2' of OpenAI text-embedding-3-large@1 with 3072"],
    [
      'another version of the embedding model',
      { ...INDEX, embeddingModel: NEXT },
      "'handbook-3-large' of OpenAI text-embedding-3-large@2 with 3072",
    ],
    [
      'another embedding model',
      { ...INDEX, embeddingModel: TINY, dimensions: 1536 },
      "'handbook-3-large' of OpenAI text-embedding-ada-002@2 with 1536",
    ],
    [
      'other dimensions',
      { ...INDEX, dimensions: 256 },
      "'handbook-3-large' of OpenAI text-embedding-3-large@1 with 256",
    ],
  ])('bound to %s is refused', (_, bound, text) => {
    const { stack, shared, knowledge } = knowledgeIn();
    const release = releaseOf({ knowledge: bound });
    expect(() => new Orchestrator(stack, 'app', { ...shared, release, knowledge })).toThrow(
      new Error(
        `release-model-mismatch: release ${release.label} is bound to index ${text} dimensions, and stack/knowledge serves ` +
          "index 'handbook-3-large' of OpenAI text-embedding-3-large@1 with 3072 dimensions; " +
          'pass the knowledge API of that index, or make a release that is bound to this one',
      ),
    );
  });

  test('a release that is bound to no index has no API', () => {
    const { stack, shared, knowledge } = knowledgeIn();
    const release = releaseOf();
    expect(() => new Orchestrator(stack, 'app', { ...shared, release, knowledge })).toThrow(
      new Error(
        `release-model-mismatch: stack/app has a knowledge API, and release ${release.label} is bound to no index; ` +
          'state knowledge in the release, so that its id changes with the index, or leave out the knowledge API',
      ),
    );
  });

  test('a release that is bound to an index needs the API', () => {
    const { stack, shared } = knowledgeIn();
    const release = grounded();
    expect(() => new Orchestrator(stack, 'app', { ...shared, release })).toThrow(
      new Error(
        `release-model-mismatch: release ${release.label} is grounded on index 'handbook-3-large', and stack/app has no knowledge API; pass knowledge`,
      ),
    );
  });

  test('an API that is declared elsewhere serves as well', () => {
    const { stack, shared } = knowledgeIn();
    const knowledge = KnowledgeApi.fromUrl(stack, 'elsewhere', { url: 'https://knowledge.contoso.com', index: INDEX });
    new Orchestrator(stack, 'app', { ...shared, release: grounded(), knowledge });
    expect(variablesOf(resources(stack, 'container_app').app!).KNOWLEDGE_URL).toBe('https://knowledge.contoso.com');
  });

  test('an embedding model in another spelling is the same', () => {
    const { stack, shared } = knowledgeIn();
    const index = { ...INDEX, embeddingModel: ModelVersion.openAi('Text-Embedding-3-Large', '1') };
    const knowledge = KnowledgeApi.fromUrl(stack, 'elsewhere', { url: 'https://knowledge.contoso.com', index });
    const orchestrator = new Orchestrator(stack, 'app', { ...shared, release: grounded(), knowledge });
    expect(orchestrator.label).toBe(grounded().label);
  });
});

test.each<[Partial<KnowledgeApiProps>, string]>([
  [
    { apiName: 'a'.repeat(20) },
    `apiName '${'a'.repeat(20)}' of stack/knowledge is not valid: it has 1 to 19 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash`,
  ],
  [
    { searchServiceId: GUID },
    `searchServiceId '${GUID}' of stack/knowledge is not the resource id of a search service; `,
  ],
  [
    { searchEndpoint: 'https://contoso.search.windows.net/indexes' },
    "searchEndpoint 'https://contoso.search.windows.net/indexes' of stack/knowledge is not valid: ",
  ],
  [
    { index: { ...INDEX, index: 'Handbook ${x}' } },
    "index 'Handbook ${x}' of stack/knowledge is not the name of a search index",
  ],
  [
    { searchEndpoint: 'http://contoso.search.windows.net' },
    "searchEndpoint 'http://contoso.search.windows.net' of stack/knowledge is not valid: write 'https://<service>.search.windows.net' without a path",
  ],
  [{ models: null as never }, 'models of stack/knowledge is no source of models: '],
  [
    { index: { ...INDEX, dimensions: 0 } },
    'dimensions 0 of stack/knowledge is not valid: write how many numbers a vector of the index has, from 1 to 4096',
  ],
  [{ index: { ...INDEX, dimensions: 4097 } }, 'dimensions 4097 of stack/knowledge is not valid: '],
  [
    { image: 'contoso.azurecr.io/knowledge:latest' },
    "image 'contoso.azurecr.io/knowledge:latest' of stack/knowledge is not named by its digest; ",
  ],
  [
    { index: { ...INDEX, embeddingModel: ModelVersion.openAi('text-embedding-3-small', '1') } },
    "release-model-mismatch: knowledge API stack/knowledge binds role 'embeddings' to OpenAI text-embedding-3-small@1, and OrchestratorModels.direct offers no such version",
  ],
])('refused: %j', (props, message) => {
  expect(() => knowledgeIn(props)).toThrow(message);
});

test.each(['https://knowledge.contoso.com/v1', 'http://knowledge.contoso.com'])('no API is at %j', (url) => {
  expect(() => KnowledgeApi.fromUrl(platformStack(new App()), 'elsewhere', { url, index: INDEX })).toThrow(
    `url '${url}' of stack/elsewhere is not valid: write 'https://<host>' without a path and without a slash at the end`,
  );
});
