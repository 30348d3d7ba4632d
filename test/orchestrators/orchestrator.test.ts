import { DefaultTokenResolver, StringConcat, Testing, Token, Tokenization } from 'cdktf';
import { ImageRegistry, Orchestrator, OrchestratorModels, OrchestratorProps } from '../../lib/orchestrators';
import { Prompt } from '../../lib/releases';
import {
  appOf,
  DIGEST,
  directOrchestrator,
  environmentIn,
  GPT,
  GPT_MINI,
  GUID,
  ID_START,
  IDENTITY,
  platformStack,
  registryIn,
  releaseOf,
  resources,
  rolesOf,
  stackWithModels,
  variablesOf,
  VAULT_ID,
} from './support/orchestrator-stack';

const LABEL = releaseOf().label;
const PATH = `stack/${LABEL}`;
const CLIENT_ID = /^\$\{azurerm_user_assigned_identity\.assistant-.*\.client_id\}$/;

interface Template {
  readonly container: { readonly [name: string]: unknown }[];
  readonly [name: string]: unknown;
}

function templateOf(props: Partial<OrchestratorProps> = {}): Template {
  return appOf(directOrchestrator(props).stack).template as Template;
}

function declaring(props: Partial<OrchestratorProps>): () => unknown {
  return () => directOrchestrator(props);
}

describe('what is declared', () => {
  test('a container app that is called as its release and runs one revision', () => {
    const { stack, orchestrator, release } = directOrchestrator();
    expect(appOf(stack)).toMatchObject({
      name: release.label,
      resource_group_name: 'rg',
      container_app_environment_id: `${ID_START}/Microsoft.App/managedEnvironments/shared`,
      workload_profile_name: 'Consumption',
      revision_mode: 'Single',
      max_inactive_revisions: 5,
      tags: { release: release.label, 'release-id': release.releaseId },
      lifecycle: { create_before_destroy: true },
      ingress: {
        external_enabled: false,
        target_port: 8080,
        transport: 'auto',
        allow_insecure_connections: false,
        client_certificate_mode: 'ignore',
        traffic_weight: [{ latest_revision: true, percentage: 100 }],
      },
    });
    expect(orchestrator.label).toBe(release.label);
    expect(orchestrator.releaseId).toBe(release.releaseId);
    expect(orchestrator.release).toBe(release);
    expect(
      Tokenization.resolve(orchestrator.url, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) }),
    ).toBe(`https://\${azurerm_container_app.${LABEL}.ingress[0].fqdn}`);
  });

  test('a template in which everything is written but the suffix of the revision', () => {
    const { container, ...template } = templateOf();
    expect(template).toEqual({
      min_replicas: 1,
      max_replicas: 10,
      cooldown_period_in_seconds: 300,
      polling_interval_in_seconds: 30,
      termination_grace_period_seconds: 600,
      http_scale_rule: [{ name: 'http', concurrent_requests: '10' }],
    });
    const rest = { ...container[0]!, env: undefined };
    const http = { transport: 'HTTP', port: 8080, timeout: 5 };
    expect(rest).toEqual({
      name: 'app',
      image: `contoso.azurecr.io/assistant@${DIGEST}`,
      cpu: 0.5,
      memory: '1Gi',
      startup_probe: [
        { ...http, path: '/healthz/startup', initial_delay: 0, interval_seconds: 15, failure_count_threshold: 10 },
      ],
      readiness_probe: [
        {
          ...http,
          path: '/healthz/ready',
          initial_delay: 0,
          interval_seconds: 10,
          failure_count_threshold: 3,
          success_count_threshold: 1,
        },
      ],
      liveness_probe: [
        { ...http, path: '/healthz/live', initial_delay: 1, interval_seconds: 10, failure_count_threshold: 3 },
      ],
    });
  });

  test('the environment variables of the contract and no others', () => {
    const { stack, release } = directOrchestrator();
    expect(variablesOf(appOf(stack))).toEqual({
      RELEASE_ID: release.releaseId,
      RELEASE_LABEL: release.label,
      RELEASE_MANIFEST: release.manifestText,
      AZURE_CLIENT_ID: expect.stringMatching(CLIENT_ID) as string,
      PORT: '8080',
      OTEL_RESOURCE_ATTRIBUTES: `service.name=assistant,service.version=${release.label},release.id=${release.releaseId}`,
      MODEL_CHAT_URL: 'https://sweden.openai.azure.com/openai/v1',
      MODEL_CHAT_DEPLOYMENT: 'gpt-5.1_2025-11-13_globalstandard',
      MODEL_CHAT_SCOPE: 'https://cognitiveservices.azure.com/.default',
    });
  });

  test('an identity of its own, whose name holds what replaces it', () => {
    const nameIn = (location: string) => {
      const { stack, deployments } = stackWithModels(GPT);
      const release = releaseOf();
      const environment = environmentIn(stack, 'shared', location);
      new Orchestrator(stack, 'app', { release, environment, models: OrchestratorModels.direct(deployments) });
      return Object.values(resources(stack, 'user_assigned_identity'))[0]!.name as string;
    };
    expect(nameIn('swedencentral')).toMatch(new RegExp(`^${LABEL}-[0-9a-f]{8}$`));
    expect(nameIn('swedencentral')).toBe(nameIn('swedencentral'));
    expect(nameIn('francecentral')).not.toBe(nameIn('swedencentral'));
  });

  test('the app waits for its deployment and for the role to call it', () => {
    const { stack } = directOrchestrator();
    const { depends_on } = appOf(stack) as { depends_on: string[] };
    expect(depends_on).toEqual([
      expect.stringMatching(/^azurerm_cognitive_deployment\./),
      expect.stringMatching(/^azurerm_role_assignment\./),
    ]);
    expect(rolesOf(stack)).toEqual([
      expect.stringMatching(
        /^Cognitive Services OpenAI User \| \$\{azurerm_cognitive_account\.sweden\.id\} \| \$\{azurerm_user_assigned_identity\..*\.principal_id\}$/,
      ),
    ]);
  });

  test('the evidence is a tag and never a variable, and no part of the name', () => {
    const release = releaseOf({ evidence: 'https://evaluations.contoso.com/run/${42}' });
    const { stack } = directOrchestrator({ release });
    const app = appOf(stack);
    expect(app.name).toBe(LABEL);
    expect(app.tags).toMatchObject({ 'release-evidence': 'https://evaluations.contoso.com/run/$${42}' });
    expect(JSON.stringify(variablesOf(app))).not.toContain('evaluations.contoso.com');
  });

  test('another release under the same construct id is another app', () => {
    const namesOf = (orchestration: string) => {
      const { stack, deployments } = stackWithModels(GPT);
      new Orchestrator(stack, 'current', {
        release: releaseOf({ orchestration }),
        environment: environmentIn(stack),
        models: OrchestratorModels.direct(deployments),
      });
      return Object.entries(resources(stack, 'container_app')).map(([id, { name }]) => [id, name]);
    };
    const [[firstId, firstName]] = namesOf('1') as [[string, string]];
    const [[secondId, secondName]] = namesOf('2') as [[string, string]];
    expect(secondId).toBe(firstId);
    expect(secondName).not.toBe(firstName);
  });
});

describe('options', () => {
  test('size, scale, port, probes, grace, access and tags', () => {
    const { stack } = directOrchestrator({
      size: { cpu: 2 },
      scale: { minReplicas: 0, maxReplicas: 40, concurrentRequests: 3 },
      port: 3000,
      startupSeconds: 301,
      terminationGraceSeconds: 0,
      external: true,
      tags: { team: 'search' },
    });
    const app = appOf(stack);
    const { container, ...template } = app.template as Template;
    expect(template).toMatchObject({
      min_replicas: 0,
      max_replicas: 40,
      termination_grace_period_seconds: 0,
      http_scale_rule: [{ concurrent_requests: '3' }],
    });
    expect(container[0]).toMatchObject({
      cpu: 2,
      memory: '4Gi',
      startup_probe: [{ port: 3000, interval_seconds: 31 }],
      readiness_probe: [{ port: 3000 }],
      liveness_probe: [{ port: 3000 }],
    });
    expect(app.ingress).toMatchObject({ external_enabled: true, target_port: 3000 });
    expect(variablesOf(app).PORT).toBe('3000');
    expect(app.tags).toMatchObject({ team: 'search', release: LABEL });
  });

  test('a dedicated profile has memory of its own', () => {
    const { container } = templateOf({ workloadProfileName: 'big', size: { cpu: 8, memoryGib: 40.5 } });
    expect(container[0]).toMatchObject({ cpu: 8, memory: '40.5Gi' });
  });

  const size = (cpu: string, memory: string, profile: string, most: number, advice: string) =>
    `size of ${PATH} (cpu ${cpu}, memoryGib ${memory}) is not offered on workload profile '${profile}': cpu goes from 0.25 to ${most} in steps of 0.25, and ${advice}`;
  const TWICE = 'memoryGib is twice the cores, so leave it out';
  const number = (property: string, value: string, least: number, most: number) =>
    `${property} ${value} of ${PATH} is not valid: write a whole number from ${least} to ${most}`;

  test.each<[Partial<OrchestratorProps>, string]>([
    [{ port: 0 }, number('port', '0', 1, 65535)],
    [{ port: 1.5 }, number('port', '1.5', 1, 65535)],
    [{ startupSeconds: 9 }, number('startupSeconds', '9', 10, 2400)],
    [{ terminationGraceSeconds: 601 }, number('terminationGraceSeconds', '601', 0, 600)],
    [{ scale: { minReplicas: -1 } }, number('scale.minReplicas', '-1', 0, 1000)],
    [
      { scale: { minReplicas: 5, maxReplicas: 2 } },
      `scale.maxReplicas 2 of ${PATH} is less than scale.minReplicas 5: write a whole number from 5 to 1000, or lower scale.minReplicas`,
    ],
    [
      { environment: null as never },
      `environment null of ${PATH} is not valid: pass an OrchestratorEnvironment, or OrchestratorEnvironment.fromEnvironmentId(…)`,
    ],
    [
      { registry: null as never },
      `registry null of ${PATH} is not valid: pass an ImageRegistry or ImageRegistry.fromRegistryId(…), or leave it out`,
    ],
    [
      { identity: null as never },
      `identity null of ${PATH} is not valid: pass { identityId, clientId, principalId }, or leave it out`,
    ],
    ...[null, 'KEY', {}, [null]].map((secrets): [Partial<OrchestratorProps>, string] => [
      { secrets: secrets as never },
      `secrets ${secrets === 'KEY' ? "'KEY'" : JSON.stringify(secrets)} of ${PATH} is not valid: list { environmentVariable, keyVaultSecretId } for each, or leave it out`,
    ]),
    [{ scale: { minReplicas: 0, maxReplicas: 0 } }, number('scale.maxReplicas', '0', 1, 1000)],
    [{ scale: { concurrentRequests: Number.NaN } }, number('scale.concurrentRequests', 'NaN', 1, 10000)],
    [{ size: { cpu: 0.3 } }, size('0.3', '0.6', 'Consumption', 4, TWICE)],
    [{ size: { cpu: 4.25 } }, size('4.25', '8.5', 'Consumption', 4, TWICE)],
    [{ size: { cpu: 1, memoryGib: 4 } }, size('1', '4', 'Consumption', 4, TWICE)],
    [{ size: { cpu: 33 }, workloadProfileName: 'big' }, size('33', '66', 'big', 32, 'memoryGib goes in steps of 0.25')],
    [
      { workloadProfileName: 'no such/name' },
      `workloadProfileName 'no such/name' of ${PATH} is not valid: write the name of a workload profile of the environment, for instance 'Consumption'`,
    ],
    [{ tags: { Release: 'x' } }, `tag 'Release' of ${PATH} is reserved: it says what runs; choose another name`],
    [
      { tags: { note: 'x'.repeat(257) } },
      `tag 'note' of ${PATH} has 257 characters; Azure takes at most 256: shorten it, for instance to a link`,
    ],
    [
      { identity: { ...IDENTITY, principalId: '${var.id}' } },
      `identity.principalId '\${var.id}' of ${PATH} is not a GUID; pass principalId of the user-assigned identity`,
    ],
    [
      { identity: { ...IDENTITY, identityId: GUID } },
      `identity.identityId '${GUID}' of ${PATH} is not the resource id of a user-assigned identity; write ` +
        "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>'",
    ],
  ])('refused: %j', (props, message) => {
    expect(declaring(props)).toThrow(new Error(message));
  });
});

describe('the image', () => {
  test('is pulled from the registry, with the identity, where it names no host', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const release = releaseOf({ image: `team/assistant@${DIGEST}` });
    new Orchestrator(stack, 'app', {
      release,
      environment: environmentIn(stack),
      models: OrchestratorModels.direct(deployments),
      registry: registryIn(stack),
    });
    const app = appOf(stack);
    expect((app.template as Template).container[0]!.image).toBe(`contoso.azurecr.io/team/assistant@${DIGEST}`);
    expect(app.registry).toEqual([
      { server: 'contoso.azurecr.io', identity: expect.stringMatching(/user_assigned_identity.*\.id\}$/) as string },
    ]);
    expect(rolesOf(stack)[0]).toMatch(
      /^AcrPull \| \/subscriptions\/.*\/registries\/contoso \| \$\{azurerm_user_assigned_identity\..*principal_id\}$/,
    );
    expect(
      (app.depends_on as string[]).filter((address) => address.startsWith('azurerm_role_assignment')),
    ).toHaveLength(2);
  });

  test('waits for a registry that is created', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const registry = new ImageRegistry(stack, 'images', { resourceGroupName: 'rg', location: 'swedencentral' });
    new Orchestrator(stack, 'app', {
      release: releaseOf({ image: `assistant@${DIGEST}` }),
      environment: environmentIn(stack),
      models: OrchestratorModels.direct(deployments),
      registry,
    });
    expect((appOf(stack).template as Template).container[0]!.image).toBe(
      `\${azurerm_container_registry.images.login_server}/assistant@${DIGEST}`,
    );
  });

  test('of a public registry is pulled without credentials', () => {
    expect(appOf(directOrchestrator().stack).registry).toBeUndefined();
  });

  test('without a host needs a registry', () => {
    const image = `assistant@${DIGEST}`;
    const release = releaseOf({ image });
    expect(declaring({ release })).toThrow(
      new Error(
        `image '${image}' of stack/${release.label} names no host and there is no registry; pass registry, or write the host in front of the image`,
      ),
    );
  });

  test('of another host than the registry is refused', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const image = `ghcr.io/contoso/assistant@${DIGEST}`;
    const props = {
      release: releaseOf({ image }),
      environment: environmentIn(stack),
      models: OrchestratorModels.direct(deployments),
      registry: registryIn(stack),
    };
    expect(() => new Orchestrator(stack, 'app', props)).toThrow(
      new Error(
        `image '${image}' of stack/app names another host than its registry 'contoso.azurecr.io'; ` +
          'leave out the host, or pass the registry that the image lies in, or none if it is public',
      ),
    );
  });
});

describe('the host of an image beside a registry of the same configuration', () => {
  const declaringBeside = (host: string, registryName?: string) => () => {
    const { stack, deployments } = stackWithModels(GPT);
    const place = { resourceGroupName: 'rg', location: 'swedencentral' };
    const image = `${host}/assistant@${DIGEST}`;
    new Orchestrator(stack, 'app', {
      release: releaseOf({ image }),
      environment: environmentIn(stack),
      models: OrchestratorModels.direct(deployments),
      registry: new ImageRegistry(stack, 'images', { ...place, registryName }),
    });
    return (appOf(stack).template as Template).container[0]!.image;
  };

  test.each(['contoso.azurecr.io', 'CONTOSO.azurecr.cn', 'contoso-a1b2c3d4.azurecr.us'])(
    '%s may be its own',
    (host) => {
      expect(declaringBeside(host, 'Contoso')()).toBe(`${host}/assistant@${DIGEST}`);
    },
  );

  test('is not known where Terraform alone knows its name', () => {
    const name = Token.asString({ resolve: () => 'later' });
    expect(declaringBeside('contoso.azurecr.io', name)()).toBe(`contoso.azurecr.io/assistant@${DIGEST}`);
  });

  test.each(['ghcr.io', 'contoso2.azurecr.io', 'contoso.example.com', 'localhost:5000', 'contoso.azurecr-io.com'])(
    '%s is refused',
    (host) => {
      expect(declaringBeside(host, 'Contoso')).toThrow(
        `image '${host}/assistant@${DIGEST}' of stack/app names another host than its registry 'contoso.azurecr.io'; leave out the host`,
      );
    },
  );

  test('is compared with a name that is derived', () => {
    expect(declaringBeside('contoso.azurecr.io')).toThrow(/than its registry 'images[0-9a-f]{12}\.azurecr\.io'; /);
  });
});

test('whether an app is reached from outside is known', () => {
  expect(
    [directOrchestrator(), directOrchestrator({ external: true })].map(({ orchestrator }) => orchestrator.external),
  ).toEqual([false, true]);
});

describe('prompts reach the container as they were written', () => {
  test.each(['${var.secret}', '%{ if true }x%{ endif }', '$${already}', '"quotes" \\ and\nlines', '🦜 ${"$"}{x}'])(
    '%j',
    (text) => {
      const release = releaseOf({ prompts: { system: Prompt.inline(text, { madeFor: [GPT] }) } });
      const { stack } = directOrchestrator({ release });
      const manifest = variablesOf(appOf(stack)).RELEASE_MANIFEST!;
      expect(manifest.replace(/(?<!\$)\$\$\{|(?<!%)%%\{/g, '')).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
      expect(manifest.replace(/([$%])\1(?=\{)/g, '$1')).toBe(release.manifestText);
    },
  );
});

describe('one release runs once in an environment', () => {
  test('two orchestrators of it are refused, whichever constructs stand for the environment', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const [release, models] = [releaseOf(), OrchestratorModels.direct(deployments)];
    new Orchestrator(stack, 'one', { release, models, environment: environmentIn(stack, 'a') });
    expect(() => new Orchestrator(stack, 'two', { release, models, environment: environmentIn(stack, 'b') })).toThrow(
      new Error(
        `Container App '${LABEL}' is declared twice in one environment, by stack/one and by stack/two; ` +
          'remove one of them (a release runs once in an environment; scale it if one is not enough), or use another environment',
      ),
    );
  });

  test('other releases and the next app have room', () => {
    for (const stack of [stackWithModels(GPT), stackWithModels(GPT)]) {
      const environment = environmentIn(stack.stack);
      const models = OrchestratorModels.direct(stack.deployments);
      new Orchestrator(stack.stack, 'one', { release: releaseOf(), models, environment });
      new Orchestrator(stack.stack, 'two', { release: releaseOf({ orchestration: '3' }), models, environment });
      expect(Object.keys(resources(stack.stack, 'container_app'))).toHaveLength(2);
    }
  });
});

describe('what was not made by this package', () => {
  test.each<[string, unknown]>([
    ['a copy with other models', { ...releaseOf(), models: { chat: { model: GPT_MINI } } }],
    ['nothing', null],
    ['a label', LABEL],
  ])('is no release: %s', (_what, release) => {
    const { stack, deployments } = stackWithModels(GPT, GPT_MINI);
    const props = { release, environment: environmentIn(stack), models: OrchestratorModels.direct(deployments) };
    expect(() => new Orchestrator(stack, 'app', props as OrchestratorProps)).toThrow(
      'release of stack/app is none: pass an OrchestratorRelease as it was made, not a copy of it',
    );
  });

  test.each([undefined, null, [], { _source: {} }])('is no source of models: %j', (models) => {
    const { stack } = stackWithModels(GPT);
    const props = { release: releaseOf(), environment: environmentIn(stack), models };
    expect(() => new Orchestrator(stack, 'app', props as unknown as OrchestratorProps)).toThrow(
      'models of stack/app is no source of models: pass OrchestratorModels.throughGateway(…) or OrchestratorModels.direct([…])',
    );
  });
});

describe('an identity that is brought', () => {
  test('is used, and its roles lie in the stack once for all apps that share it', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const [environment, registry] = [environmentIn(stack), registryIn(stack)];
    const models = OrchestratorModels.direct(deployments);
    const secrets = ['A', 'B'].map((environmentVariable) => ({
      environmentVariable,
      keyVaultSecretId: 'https://contoso.vault.azure.net/secrets/key',
      keyVaultId: VAULT_ID,
    }));
    for (const orchestration of ['1', '2']) {
      const release = releaseOf({ image: `assistant@${DIGEST}`, orchestration });
      const props = { release, environment, models, registry, identity: IDENTITY, secrets };
      new Orchestrator(stack, release.label, props);
    }
    expect(resources(stack, 'user_assigned_identity')).toEqual({});
    expect(rolesOf(stack).map((role) => role.split(' | ')[0])).toEqual([
      'AcrPull',
      'Cognitive Services OpenAI User',
      'Key Vault Secrets User',
    ]);
    for (const app of Object.values(resources(stack, 'container_app'))) {
      expect(app.identity).toEqual({ type: 'UserAssigned', identity_ids: [IDENTITY.identityId] });
      expect(variablesOf(app).AZURE_CLIENT_ID).toBe(IDENTITY.clientId);
    }
  });
});

describe('an orchestrator that is declared elsewhere', () => {
  const stack = platformStack(Testing.app());
  const release = releaseOf();

  test('is told by its release, or by name and id', () => {
    const known = Orchestrator.fromUrl(stack, 'known', { url: 'https://a.contoso.com', release });
    const named = Orchestrator.fromUrl(stack, 'named', {
      url: 'https://a.contoso.com',
      name: 'assistant',
      releaseId: release.releaseId,
    });
    for (const orchestrator of [known, named]) {
      expect(orchestrator).toMatchObject({ url: 'https://a.contoso.com', label: LABEL, releaseId: release.releaseId });
    }
    expect(known.release).toBe(release);
    expect(named.release).toBeUndefined();
    expect([known.external, named.external]).toEqual([undefined, undefined]);
  });

  const UNCLEAR =
    'has to say which release runs there: pass release, or name and releaseId where its content is not known here';
  test.each([
    [{ url: 'https://a.contoso.com' }, UNCLEAR],
    [{ url: 'https://a.contoso.com', name: 'assistant' }, UNCLEAR],
    [{ url: 'https://a.contoso.com', release, releaseId: release.releaseId }, UNCLEAR],
    [
      { url: 'https://a.contoso.com/', release },
      "url 'https://a.contoso.com/' of stack/bad0 is not valid: write 'https://<host>' without a path and without a slash at the end",
    ],
    [{ url: 'http://a.contoso.com', release }, "url 'http://a.contoso.com' of stack/bad0 is not valid: "],
    [
      { url: 'https://a.contoso.com', release: {} as never },
      'release of stack/bad0 is none: pass an OrchestratorRelease as it was made, not a copy of it',
    ],
    [
      { url: 'https://a.contoso.com', name: 'A--b', releaseId: release.releaseId },
      "name 'A--b' of stack/bad0 is not the name of an orchestrator",
    ],
    [
      { url: 'https://a.contoso.com', name: 'assistant', releaseId: LABEL },
      `releaseId '${LABEL}' of stack/bad0 is not the id of a release: it is the SHA-256 of its manifest, 64 hex digits in lower case`,
    ],
  ])('refused: %j', (attributes, message) => {
    expect(() => Orchestrator.fromUrl(platformStack(Testing.app()), 'bad0', attributes)).toThrow(message);
  });
});
