import { OrchestratorEnvironment } from '../../../lib/orchestrators/environment/orchestrator-environment';
import { ImageRegistry } from '../../../lib/orchestrators/image-registry/image-registry';
import { Orchestrator } from '../../../lib/orchestrators/orchestrator';
import { NginxReleaseRouter } from '../../../lib/routing/nginx/nginx-release-router';
import { nginxBucketRelease } from '../../../lib/routing/nginx/split-clients';
import { Ramp } from '../../../lib/routing/ramp';
import { RoutedRelease } from '../../../lib/routing/routed-release';
import { RouterStickiness } from '../../../lib/routing/router-capabilities';
import { synthesise, synthesisedText, testApp, testStack } from '../../support/guarded-app';
import { conformanceProblems } from '../../support/provider-schema';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { releasesOf } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import {
  appOf,
  containerIn,
  IMAGE,
  RESOURCE_GROUP,
  RouterProps,
  routerIn,
  SECRET_ID,
  stackOf,
  VAULT_ID,
} from '../nginx-support/sample-construct';
import { LOW, NOWHERE, SECRET, STABLE } from '../nginx-support/sample-router';

const WITH_OVERRIDE: RouterProps = () => ({
  allowOverride: true,
  overrideSecret: { keyVaultSecretId: SECRET_ID, keyVaultId: VAULT_ID },
});

test('with nothing but what is required it is one internal app with two replicas and probes', () => {
  const router = routerIn();
  const app = appOf(router);
  expect(app).toMatchObject({
    name: expect.stringMatching(/^router-[0-9a-f]{8}$/) as string,
    revision_mode: 'Single',
    ingress: {
      external_enabled: false,
      allow_insecure_connections: false,
      target_port: 8080,
      traffic_weight: [{ latest_revision: true, percentage: 100 }],
    },
    template: {
      min_replicas: 2,
      max_replicas: 10,
      termination_grace_period_seconds: 600,
      http_scale_rule: [{ concurrent_requests: '200' }],
      container: [
        {
          image: IMAGE,
          cpu: 0.5,
          memory: '1Gi',
          readiness_probe: [{ transport: 'HTTP', port: 8080, path: '/healthz/ready' }],
          liveness_probe: [{ transport: 'HTTP', port: 8080, path: '/healthz/live' }],
          startup_probe: [{ transport: 'HTTP', port: 8080, path: '/healthz/startup' }],
        },
      ],
    },
    lifecycle: { create_before_destroy: true },
  });
  expect(app).not.toHaveProperty('secret');
  expect(app).not.toHaveProperty('registry');
  expect(router.capabilities.construct).toBe('NginxReleaseRouter');
  expect(conformanceProblems(stackOf(router))).toEqual([]);
});

test('every option arrives, its secret stays in Key Vault, and its identity may read and pull before the app starts', () => {
  const router = routerIn(({ stack, candidate }) => ({
    ...WITH_OVERRIDE({} as never),
    registry: ImageRegistry.fromRegistryId(stack, 'registry', {
      registryId: `${RESOURCE_GROUP}/providers/Microsoft.ContainerRegistry/registries/crchat`,
    }),
    image: `mirrored/nginx@${IMAGE.split('@')[1]}`,
    mirror: { candidate, percent: 10 },
    killSwitch: true,
    external: true,
    routerName: 'chat-router',
    userHeader: 'x-ms-client-principal-id',
    scale: { minReplicas: 3, maxReplicas: 30, concurrentRequests: 50 },
    size: { cpu: 1 },
    largestBodyMebibytes: 64,
    readTimeoutSeconds: 600,
    terminationGraceSeconds: 60,
    trustedCertificates: '/etc/pki/tls/cert.pem',
    tags: { team: 'chat' },
  }));
  const app = appOf(router);
  expect(app).toMatchObject({
    name: 'chat-router',
    ingress: { external_enabled: true },
    tags: { team: 'chat' },
    registry: [{ server: 'crchat.azurecr.io' }],
    secret: [{ key_vault_secret_id: SECRET_ID }],
    template: {
      min_replicas: 3,
      max_replicas: 30,
      termination_grace_period_seconds: 60,
      http_scale_rule: [{ concurrent_requests: '50' }],
      container: [{ cpu: 1, memory: '2Gi', image: `crchat.azurecr.io/mirrored/nginx@${IMAGE.split('@')[1]}` }],
    },
  });
  const { environment } = containerIn(app, (text) => text);
  expect(environment.KILL_SWITCH).toBe('on');
  expect(environment.NGINX_CONFIG).toContain('map $http_x_ms_client_principal_id $user_given {');
  expect(environment.NGINX_CONFIG).toContain(
    'split_clients "mirror:chat-2026-11:$user" $mirror_sampled {\n        10% yes;',
  );
  expect(environment.NGINX_CONFIG).toContain('client_max_body_size 64m;');
  expect(environment.NGINX_CONFIG).toContain('proxy_read_timeout 600s;');
  expect(environment.NGINX_CONFIG).toContain('proxy_ssl_trusted_certificate /etc/pki/tls/cert.pem;');
  const stack = stackOf(router);
  const roles = Object.values(stack.resource.azurerm_role_assignment!);
  expect(roles.map(({ role_definition_name: role }) => role).sort()).toEqual(['AcrPull', 'Key Vault Secrets User']);
  expect(app.depends_on).toHaveLength(2);
  expect(conformanceProblems(stack)).toEqual([]);
});

test('a registry of another stack is applied first, and the role to pull from it lies with the router', () => {
  const app = testApp();
  const platform = testStack(app, 'platform');
  const routers = testStack(app, 'routers');
  const v1 = { url: 'https://v1.example.com', name: 'chat', releaseId: '0'.repeat(64) };
  new NginxReleaseRouter(routers, 'router', {
    environment: OrchestratorEnvironment.fromEnvironmentId(routers, 'environment', {
      environmentId: `${RESOURCE_GROUP}/providers/Microsoft.App/managedEnvironments/cae-chat`,
      location: 'swedencentral',
    }),
    registry: new ImageRegistry(platform, 'images', { resourceGroupName: 'rg-chat', location: 'swedencentral' }),
    image: `mirrored/nginx@${IMAGE.split('@')[1]}`,
    salt: 'chat-2026-11',
    releases: [RoutedRelease.stable(Orchestrator.fromUrl(routers, 'v1', v1))],
  });
  expect(synthesise(app).thrown).toBeUndefined();
  expect(routers.dependencies).toEqual([platform]);
  expect(platform.dependencies).toEqual([]);
  expect(synthesisedText(app, 'platform')).not.toContain('azurerm_role_assignment');
  expect(synthesisedText(app, 'routers')).toContain('"role_definition_name": "AcrPull"');
});

test('another share is another configuration of the same app', () => {
  const shares = [0, 5, 100].map((percent) =>
    appOf(
      routerIn(({ stable, low }) => ({
        releases: [RoutedRelease.stable(stable), RoutedRelease.canary(low, { percent })],
      })),
    ),
  );
  const configurations = shares.map((app) => containerIn(app, (text) => text).environment.NGINX_CONFIG!);
  const split = (text: string) => /split_clients "chat-2026-11:\$user" \$bucketed_release \{\n([^}]*)\}/.exec(text)![1];
  expect(configurations.map(split).map((block) => block!.trim().split(/\n\s*/))).toEqual([
    [`* ${STABLE};`],
    [`5% ${LOW};`, `* ${STABLE};`],
    [`* ${LOW};`],
  ]);
  const rest = shares.map((app) => JSON.stringify(app).replace(/split_clients.*?\}/, ''));
  expect(new Set(rest).size).toBe(1);
});

test('it says which release serves a user, as nginx counts', () => {
  const router = routerIn();
  const users = Array.from({ length: 200 }, (_, index) => `user-${index}`);
  expect(users.map((user) => router.releaseFor(user))).toEqual(
    users.map((user) => nginxBucketRelease(router._rows, 'chat-2026-11', user)),
  );
  expect(new Set(users.map((user) => router.releaseFor(user)))).toEqual(new Set([STABLE, LOW]));
});

test('what Terraform would evaluate are the domains of the orchestrators and nothing else', () => {
  const { command, environment } = containerIn(appOf(routerIn(WITH_OVERRIDE)), (text) => text);
  const references = [...command, ...Object.values(environment)].flatMap((text) => text.match(/[$%]\{[^}]*\}?/g) ?? []);
  expect(new Set(references)).toEqual(new Set(['${var.domain}']));
  expect(references).toHaveLength(3);
});

test.each<[string, RouterProps, string]>([
  [
    'a name with two dashes',
    () => ({ routerName: 'a--b' }),
    "routerName 'a--b' of stack/router is not valid: it has 2 to 32 lower-case letters, digits and single '-', starts with a letter and ends with a letter or digit; respell it",
  ],
  [
    'an override without a secret',
    () => ({ allowOverride: true }),
    'stack/router lets the authorised override the release, and has no secret by which to know them: pass overrideSecret, or leave out allowOverride',
  ],
  [
    'a secret without an override',
    () => ({ overrideSecret: { keyVaultSecretId: SECRET_ID, keyVaultId: VAULT_ID } }),
    'stack/router has an overrideSecret and does not let anybody override the release: pass allowOverride: true, or leave out overrideSecret',
  ],
  [
    'a secret that nobody may read',
    () => ({ allowOverride: true, overrideSecret: { keyVaultSecretId: SECRET_ID } }),
    'stack/router reads its overrideSecret with an identity of its own, to which nobody gave access: pass overrideSecret.keyVaultId, or an identity that may read the secret',
  ],
  [
    'one header for two',
    () => ({ ...WITH_OVERRIDE({} as never), userHeader: 'x-release-override-secret' }),
    "stack/router takes both the user's id and the override's secret from the header 'x-release-override-secret'; give userHeader and overrideSecret.header names of their own",
  ],
  [
    'an environment that is none',
    () => ({ environment: null }),
    'environment null of stack/router is not valid: pass an OrchestratorEnvironment, or OrchestratorEnvironment.fromEnvironmentId(…)',
  ],
  [
    'a body of 0 MiB',
    () => ({ largestBodyMebibytes: 0 }),
    'largestBodyMebibytes 0 of stack/router is not valid: write a whole number from 1 to 1024',
  ],
  [
    'a path that leaves its folder',
    () => ({ trustedCertificates: '/etc/../key' }),
    "trustedCertificates '/etc/../key' of stack/router is not the path of a file in the image: it is absolute and has letters, digits and '._-' between its slashes; write for instance '/etc/ssl/certs/ca-certificates.crt'",
  ],
])('%s is refused', (_, props, message) => {
  expect(() => routerIn(props)).toThrow(new Error(message));
});

test.each([
  'authorization',
  'x-release',
  'X-User-Id',
  'x_user_id',
  'x--id',
  '-x',
  '1x',
  '',
  'x'.repeat(65),
  'x;',
  'x y',
  'x$y',
])('the user header %j is refused', (userHeader) => {
  expect(() => routerIn(() => ({ userHeader }))).toThrow(
    /^userHeader '.*' of stack\/router is not valid: it has 1 to 64/,
  );
});

test.each([
  'http://chat.example',
  'https://chat.example/',
  'https://chat.example/path',
  'https://user@chat.example',
  'https://chat.example:123456',
  'https://chat"; } evil { "',
  'https://$host',
  'https://chat.example\n',
  'https://',
])('an orchestrator at %j is refused', (stable) => {
  expect(() => routerIn(() => ({}), { stable })).toThrow(
    /cannot be reached by nginx: it is https:\/\/ and a host, with a port if need be, and nothing after it$/,
  );
});

test('a conversation pin is refused with the router that has it', () => {
  const conversationPin = { keyVaultSecretId: SECRET_ID };
  expect(() => routerIn(() => ({ conversationPin }))).toThrow(
    'stack/router is asked for what NginxReleaseRouter cannot do. It cannot pin conversations to their release; those that can: ApiManagementReleaseRouter. Use such a router, or ask for less',
  );
});

describeWithNginx('the synthesised router', () => {
  test('splits as declared when it runs with exactly what its container is given', async () => {
    const router = routerIn((parts) => ({
      ...WITH_OVERRIDE(parts),
      releases: [
        RoutedRelease.stable(parts.stable),
        RoutedRelease.canary(parts.low, { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 3) }),
      ],
      stickiness: RouterStickiness.DETERMINISTIC,
    }));
    const references = (text: string) => text.replace(/"https:\/\/[^"]*\$\{var\.domain\}"/g, `"${NOWHERE}"`);
    const { command, environment } = containerIn(appOf(router), references);
    const running = await RunningRouter.start({ command, environment: { ...environment, OVERRIDE_SECRET: SECRET } });
    try {
      const users = Array.from({ length: 500 }, (_, index) => `user-${index}`);
      const expected = users.map((user) => nginxBucketRelease(router._rows, 'chat-2026-11', user));
      expect(await releasesOf(running.port, users)).toEqual(expected);
      expect(users.map((user) => router.releaseFor(user))).toEqual(expected);
      expect(new Set(expected)).toEqual(new Set([STABLE, LOW]));
    } finally {
      await running.stop();
    }
  });
});
