import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { App } from 'cdktf';
import { IManifestStore, ManifestStore, Orchestrator, OrchestratorModels } from '../../lib/orchestrators';
import { Prompt } from '../../lib/releases';
import {
  appOf,
  directOrchestrator,
  environmentIn,
  GPT,
  platformStack,
  releaseOf,
  resources,
  rolesOf,
  stackWithModels,
  STORAGE_ID,
  variablesOf,
} from './support/orchestrator-stack';

function releaseWithPrompt(length: number) {
  const text = `\${x}${'ä'.repeat(length)}`;
  return releaseOf({ prompts: { system: Prompt.inline(text, { madeFor: [GPT] }) } });
}

const LARGE = releaseWithPrompt(20_000);

function withStore(release = LARGE) {
  const { stack, deployments } = stackWithModels(GPT);
  const manifestStore = new ManifestStore(stack, 'manifests', { storageAccountId: STORAGE_ID });
  const models = OrchestratorModels.direct(deployments);
  new Orchestrator(stack, 'app', { release, models, manifestStore, environment: environmentIn(stack) });
  return { stack, deployments, manifestStore };
}

test('a manifest that does not fit lies in a blob that is named by its hash, and the identity may read it', () => {
  const { stack } = withStore();
  const [container] = Object.values(resources(stack, 'storage_container'));
  expect(container).toMatchObject({
    name: 'release-manifests',
    storage_account_id: STORAGE_ID,
    container_access_type: 'private',
    lifecycle: { create_before_destroy: true },
  });
  const [[id, blob]] = Object.entries(resources(stack, 'storage_blob')) as [[string, Record<string, unknown>]];
  expect(blob).toMatchObject({
    name: `${LARGE.releaseId}.json`,
    storage_account_name: 'contosomanifests',
    storage_container_name: '${azurerm_storage_container.manifests.name}',
    type: 'Block',
    content_type: 'application/json',
    source_content: LARGE.manifestText.replace('${', () => '$${'),
  });
  const variables = variablesOf(appOf(stack));
  expect(variables.RELEASE_MANIFEST_URL).toBe(`\${azurerm_storage_blob.${id}.url}`);
  expect(variables.RELEASE_MANIFEST).toBeUndefined();
  expect(variables.RELEASE_ID).toBe(LARGE.releaseId);
  const role = rolesOf(stack).find((text) => text.startsWith('Storage Blob Data Reader'));
  expect(role).toContain(
    `| ${STORAGE_ID}/blobServices/default/containers/\${azurerm_storage_container.manifests.name} | \${azurerm_user_assigned_identity.`,
  );
  expect((appOf(stack).depends_on as string[]).map((address) => address.split('.')[0])).toEqual([
    'azurerm_cognitive_deployment',
    'azurerm_role_assignment',
    'azurerm_storage_blob',
    'azurerm_role_assignment',
  ]);
});

test('a manifest that fits stays where a review sees it', () => {
  const { stack } = withStore(releaseOf());
  expect(resources(stack, 'storage_blob')).toEqual({});
  expect(variablesOf(appOf(stack)).RELEASE_MANIFEST).toBe(releaseOf().manifestText);
  expect(rolesOf(stack)).toHaveLength(1);
});

test('32 KiB of variables are the most without a store', () => {
  const bytesOf = (length: number): number => {
    const { stack } = directOrchestrator({ release: releaseWithPrompt(length) });
    return Object.entries(variablesOf(appOf(stack))).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + 2,
      0,
    );
  };
  const [short, longer] = [bytesOf(1000), bytesOf(15_000)];
  expect(longer - short).toBe(28_000);
  expect(longer).toBeLessThan(32_768);
  const release = LARGE;
  expect(() => directOrchestrator({ release })).toThrow(
    new RegExp(
      `^the environment variables of stack/${release.label} take 4\\d{4} bytes with the release's manifest, and 32768 are the most; ` +
        'pass manifestStore, from which the app reads the manifest$',
    ),
  );
});

test('apps of one release in two environments share the blob', () => {
  const { stack, deployments, manifestStore } = withStore();
  const environment = environmentIn(stack, 'other');
  Object.defineProperty(environment, 'environmentId', { value: environment.environmentId.replace('shared', 'other') });
  const models = OrchestratorModels.direct(deployments);
  new Orchestrator(stack, 'second', { release: LARGE, models, manifestStore, environment });
  expect(Object.keys(resources(stack, 'storage_blob'))).toHaveLength(1);
  expect(rolesOf(stack).filter((role) => role.startsWith('Storage'))).toHaveLength(2);
});

test('a container that exists is referred to by name', () => {
  const { stack, deployments } = stackWithModels(GPT);
  const account = new StorageAccount(stack, 'account', {
    name: 'contosomanifests',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    accountTier: 'Standard',
    accountReplicationType: 'ZRS',
  });
  const manifestStore: IManifestStore = ManifestStore.fromContainer(stack, 'manifests', {
    storageAccountId: account.id,
    containerName: 'kept',
  });
  const models = OrchestratorModels.direct(deployments);
  new Orchestrator(stack, 'app', { release: LARGE, models, manifestStore, environment: environmentIn(stack) });
  expect(Object.values(resources(stack, 'storage_blob'))[0]).toMatchObject({
    storage_account_name: '${element(split("/", azurerm_storage_account.account.id), 8)}',
    storage_container_name: 'kept',
  });
});

test.each([
  [
    { storageAccountId: 'contosomanifests' },
    "storageAccountId 'contosomanifests' of stack/manifests is not the resource id of a storage account; write " +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>'",
  ],
  [
    { storageAccountId: STORAGE_ID, containerName: 'a--b' },
    "containerName 'a--b' of stack/manifests is not valid: it has 3 to 63 lower-case letters, digits and single dashes, and starts and ends with a letter or digit",
  ],
])('refused: %j', (props, message) => {
  expect(() => new ManifestStore(platformStack(new App()), 'manifests', props)).toThrow(new Error(message));
  const attributes = { containerName: 'kept', ...props };
  expect(() => ManifestStore.fromContainer(platformStack(new App()), 'manifests', attributes)).toThrow(
    new Error(message),
  );
});
