import { canonicalJson } from '../../lib/contracts/canonical-json';
import { releaseIdOf } from '../../lib/contracts/release-manifest';
import { terraformTemplate } from '../../lib/contracts/terraform-template';
import { releaseNotImmutable } from '../../lib/rules/release-not-immutable';
import { findingsOf, Resources } from './gateway-stack';
import {
  apps,
  brief,
  containerApp,
  DIGEST,
  environment,
  orchestrator,
  release,
  releaseVariables,
} from './release-stack';

const ONE = release();
const OTHER = release({ text: 'You are somebody else.' });
const CONTAINER = 'template.container[0]';
const MANIFEST_PATH = `${CONTAINER}.env[2].value`;

function check(app: Record<string, unknown>, ...more: readonly Resources[]) {
  return findingsOf(releaseNotImmutable, [apps({ one: app }), ...more]);
}

function image(given: unknown) {
  return containerApp(releaseVariables(ONE), {}, { image: given });
}

function blob(name: string, body: Record<string, unknown>): Resources {
  return { azurerm_storage_blob: { manifest: { name, ...body } } };
}

function containerOf(app: Record<string, unknown>): Record<string, unknown> {
  return (app.template as { container: Record<string, unknown>[] }).container[0]!;
}

/** The release with its manifest behind a URL. */
function elsewhere(url: string) {
  return containerApp({ ...releaseVariables(ONE), RELEASE_MANIFEST: undefined, RELEASE_MANIFEST_URL: url });
}

describe('release-not-immutable is content with', () => {
  test.each<[string, Record<string, unknown>, Resources?]>([
    ['a release whose id, label and image are of its manifest', orchestrator(ONE)],
    [
      'a prompt full of what Terraform would evaluate',
      orchestrator(release({ text: '${a} %{b} $${c} %%{d} $ % {e}' })),
    ],
    ['an image of the host that the manifest names', image(`example.azurecr.io/mirror/support@${DIGEST}`)],
    ['a tag beside the digest', image(`example.azurecr.io/support:2.3.0@${DIGEST}`)],
    [
      'a manifest that is kept under its hash elsewhere',
      elsewhere(`https://store.blob.core.windows.net/m/${ONE.id}.json`),
    ],
    [
      'a manifest in a blob of the stack',
      elsewhere('${azurerm_storage_blob.manifest.url}'),
      blob(`${ONE.id}.json`, { source_content: terraformTemplate(ONE.text) }),
    ],
    [
      'an app that calls the number of its build RELEASE_ID',
      containerApp({ RELEASE_ID: '4711', RELEASE_NOTES: 'x' }, { revision_mode: 'Multiple' }, { image: 'web:4711' }),
    ],
    ['two apps of one release with the same contents', orchestrator(ONE), apps({ two: orchestrator(ONE) })],
    ['two releases beside each other', orchestrator(ONE), apps({ two: orchestrator(OTHER) })],
    ['an app with no instance', { ...orchestrator(ONE, { RELEASE_ID: 'x' }), count: 0 }],
  ])('%s', (_what, app, more = {}) => {
    expect(check(app, more)).toEqual([]);
  });
});

describe('release-not-immutable reports', () => {
  test('a manifest that was changed without a new id, once', () => {
    const app = orchestrator(ONE, { RELEASE_MANIFEST: OTHER.text });
    expect(check(app)).toEqual([
      {
        rule: 'release-not-immutable',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_container_app.one',
          type: 'azurerm_container_app',
          path: `${CONTAINER}.env[0].value`,
        },
        message: `RELEASE_ID is ${ONE.id}, and the SHA-256 of the manifest is ${OTHER.id}: the manifest was changed, or the id is of another release`,
        fix: 'declare the changed contents as a new release and keep this one until it is drained',
      },
    ]);
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    [
      'an image by tag',
      image('example.azurecr.io/support:2.3.0'),
      `${CONTAINER}.image`,
      "the image 'example.azurecr.io/support:2.3.0' is named without digest: another one can be pushed under that name",
    ],
    [
      'another image than the manifest names',
      image(`support@sha256:${'cd'.repeat(32)}`),
      `${CONTAINER}.image`,
      `the image has the digest sha256:${'cd'.repeat(32)}, and the manifest says 'assistants/support@${DIGEST}'`,
    ],
    [
      'revisions beside each other',
      orchestrator(ONE, {}, { revision_mode: 'Multiple' }),
      'revision_mode',
      "the revision mode is 'Multiple': revisions with other contents can run beside this one, under the app of this release",
    ],
    [
      'a label of another release',
      orchestrator(ONE, { RELEASE_LABEL: OTHER.label }),
      `${CONTAINER}.env[1].value`,
      `RELEASE_LABEL is '${OTHER.label}', and the release's name and id make '${ONE.label}'`,
    ],
    [
      'a manifest in a secret',
      orchestrator(ONE, { RELEASE_MANIFEST: { secret: 'manifest' } }),
      MANIFEST_PATH,
      'the manifest stands in a secret of the app: a secret can be changed without a new revision',
    ],
    [
      'a manifest that is no JSON',
      orchestrator(ONE, { RELEASE_MANIFEST: '{"schemaVersion":1,' }),
      MANIFEST_PATH,
      'the manifest is not JSON: the text ends too early, at line 1, column 20',
    ],
    [
      'a manifest of a later package',
      orchestrator(ONE, { RELEASE_MANIFEST: '{"schemaVersion":2}' }),
      MANIFEST_PATH,
      'the manifest has a schemaVersion that is not 1; read it with a newer version of the package',
    ],
    [
      'a manifest that lacks a part',
      orchestrator(ONE, { RELEASE_MANIFEST: ONE.text.replace('"orchestration":"2.3.0",', '').replace('$', '') }),
      MANIFEST_PATH,
      'the manifest has no orchestration',
    ],
    [
      'a missing id',
      orchestrator(ONE, { RELEASE_ID: undefined }),
      CONTAINER,
      'the container is not told RELEASE_ID: it cannot verify its manifest',
    ],
    [
      'an id that is none',
      orchestrator(ONE, { RELEASE_ID: 'v2' }),
      `${CONTAINER}.env[0].value`,
      "RELEASE_ID is 'v2', which is no SHA-256",
    ],
    [
      'an id without manifest',
      orchestrator(ONE, { RELEASE_MANIFEST: undefined }),
      CONTAINER,
      'the container is told RELEASE_ID and no manifest: nothing says what the release consists of',
    ],
    [
      'a manifest behind a name that can be written again',
      elsewhere('https://store.blob.core.windows.net/manifests/support.json'),
      `${CONTAINER}.env[2].value`,
      "the manifest stands at 'https://store.blob.core.windows.net/manifests/support.json', whose name does not hold the release's id: what stands there can be changed",
    ],
  ])('%s', (_what, app, path, message) => {
    const findings = check(app);
    expect(findings.map(brief)).toEqual([`error violation: ${message}`]);
    expect(findings[0]!.resource.path).toBe(path);
  });

  test('blanks in a manifest as one mistake, with the id of either text', () => {
    const spaced = JSON.stringify(JSON.parse(ONE.text), undefined, 1);
    const message =
      'error violation: the manifest is not canonical JSON: the same contents have another id when they are written again';
    const withId = (id: string) =>
      check(
        orchestrator(ONE, { RELEASE_MANIFEST: terraformTemplate(spaced), RELEASE_ID: id, RELEASE_LABEL: undefined }),
      );
    expect(canonicalJson(JSON.parse(spaced))).toBe(ONE.text);
    expect(withId(ONE.id).map(brief)).toEqual([message]);
    expect(withId(releaseIdOf(spaced)).map(brief)).toEqual([message]);
  });

  test.each([
    ['before', [{ name: 'RELEASE_MANIFEST', value: '{}' }, ...environment(releaseVariables(ONE))]],
    [
      'behind',
      [...environment(releaseVariables(ONE)), { name: 'RELEASE_MANIFEST', value: terraformTemplate(ONE.text) }],
    ],
  ])('a variable that is given twice, the other one %s', (_where, env) => {
    expect(check(containerApp({}, {}, { env })).map(brief)).toEqual([
      'error violation: the container is told RELEASE_MANIFEST more than once: which of the values it gets is not certain',
    ]);
  });

  test('two apps that carry one label and differ, at the second', () => {
    const impostor = orchestrator(OTHER, { RELEASE_LABEL: ONE.label });
    const findings = check(orchestrator(ONE), apps({ two: impostor }));
    expect(findings.map(({ resource, message }) => [resource.address, message])).toEqual([
      [
        'azurerm_container_app.two',
        `RELEASE_LABEL is '${ONE.label}', and the release's name and id make '${OTHER.label}'`,
      ],
      [
        'azurerm_container_app.two',
        `release ${ONE.label} is declared twice with different contents: here and in azurerm_container_app.one, template.container[0]`,
      ],
    ]);
  });

  test('a blob whose content is another manifest', () => {
    const findings = check(
      elsewhere('${azurerm_storage_blob.manifest.url}'),
      blob(`${ONE.id}.json`, { source_content: terraformTemplate(OTHER.text) }),
    );
    expect(findings.map(({ message }) => message)).toEqual([
      `RELEASE_ID is ${ONE.id}, and the SHA-256 of the manifest is ${OTHER.id}: the manifest was changed, or the id is of another release`,
    ]);
  });

  test('an app that azapi declares, with the paths of Azure', () => {
    const { RELEASE_ID, RELEASE_LABEL, RELEASE_MANIFEST } = releaseVariables(OTHER) as Record<string, string>;
    const env = environment({
      RELEASE_ID: RELEASE_ID!,
      RELEASE_LABEL: RELEASE_LABEL!,
      RELEASE_MANIFEST: RELEASE_MANIFEST!,
    });
    const body = {
      properties: {
        configuration: { activeRevisionsMode: 'Multiple' },
        template: { containers: [{ image: 'support:1', env }] },
      },
    };
    const app = { type: 'Microsoft.App/containerApps@2025-01-01', name: 'support', body };
    const findings = findingsOf(releaseNotImmutable, [{ azapi_resource: { app } }]);
    expect(findings.map(({ resource }) => [resource.address, resource.path])).toEqual([
      ['azapi_resource.app', 'body.properties.configuration.activeRevisionsMode'],
      ['azapi_resource.app', 'body.properties.template.containers[0].image'],
    ]);
  });
});

describe('release-not-immutable does not know', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      'an image in a variable',
      image('${var.image}'),
      ['the image cannot be read before Terraform runs (${var.image})'],
    ],
    [
      'a manifest that is an expression',
      orchestrator(ONE, { RELEASE_MANIFEST: '${var.manifest}' }),
      ['the manifest cannot be read before Terraform runs (${var.manifest})'],
    ],
    [
      'a manifest in which `${` is not escaped',
      orchestrator(ONE, { RELEASE_MANIFEST: '{"schemaVersion":1,"a":"${shop}"}' }),
      ['the manifest cannot be read before Terraform runs ({"schemaVersion":1,"a":"${shop}"})'],
    ],
    [
      'id and label from secrets and outputs',
      orchestrator(ONE, { RELEASE_ID: { secret: 'id' }, RELEASE_LABEL: '${data.a.b.label}' }),
      [
        'RELEASE_ID cannot be read before Terraform runs (a secret of the app)',
        'RELEASE_LABEL cannot be read before Terraform runs (${data.a.b.label})',
      ],
    ],
    [
      'the revision mode in a variable',
      orchestrator(ONE, {}, { revision_mode: '${var.mode}' }),
      ['the revision mode cannot be read before Terraform runs (${var.mode})'],
    ],
    [
      'a manifest behind a URL in a variable',
      elsewhere('${var.url}'),
      ['where the manifest stands cannot be read before Terraform runs (${var.url})'],
    ],
    [
      'an environment that an expression makes',
      containerApp(
        {},
        {},
        {
          image: `a@${DIGEST}`,
          env: [
            { name: 'RELEASE_LABEL', value: ONE.label },
            { name: 'RELEASE_ID', value: ONE.id },
          ],
          dynamic: { env: { for_each: '${var.more}', content: { name: '${env.key}', value: '${env.value}' } } },
        },
      ),
      ['no manifest can be read: an expression makes the environment of the container'],
    ],
    ...[
      { container: [{ image: `a@${DIGEST}`, env: '${var.env}' }] },
      {
        container: [
          {
            image: `a@${DIGEST}`,
            dynamic: { env: { for_each: '${var.env}', content: { name: '${env.key}', value: '${env.value}' } } },
          },
        ],
      },
      { container: '${var.containers}' },
      { dynamic: { container: { for_each: '${var.containers}', content: { image: `a@${DIGEST}` } } } },
      '${var.template}',
    ].map((template): [string, Record<string, unknown>, string[]] => [
      `anything of an app that is tagged as a release, and whose template is ${JSON.stringify(template)}`,
      containerApp({}, { template, tags: { 'release-id': ONE.id } }),
      [
        'no manifest can be read: an expression makes the environment of the container',
        'RELEASE_ID cannot be read: an expression makes the environment of the container',
      ],
    ]),
  ])('%s', (_what, app, messages) => {
    expect(check(app).map(brief)).toEqual(messages.map((message) => `warning unknown: ${message}`));
  });

  test('but knows that an app which is tagged as a release is told none', () => {
    const app = containerApp({}, { tags: { release: ONE.label, 'release-id': ONE.id } });
    expect(check(app).map(brief)).toEqual([
      'error violation: the container is told no manifest: nothing says what the release consists of',
      'error violation: the container is not told RELEASE_ID: it cannot verify its manifest',
    ]);
    expect(check(containerApp({}, { tags: { 'release-id': '42' } }))).toEqual([]);
  });

  const TAGGED = { tags: { 'release-id': ONE.id } };
  const told = { ...containerOf(orchestrator(ONE)) };
  const COMMAND =
    "error violation: the container starts something else than its image says, which the release's id does not cover";
  const BESIDE =
    "warning unknown: a container runs beside that of the release, and the release's id does not cover it: whether answers depend on it is not known";
  const IGNORED =
    'error violation: Terraform is told to ignore changes of what the app runs: what is written here need not be what runs';

  test.each<[string, Record<string, unknown>, Record<string, unknown>, readonly [string, string][]]>([
    ['a command', { container: [{ ...told, command: ['sh'] }] }, TAGGED, [['template.container[0].command', COMMAND]]],
    ['arguments', { container: [{ ...told, args: '${var.a}' }] }, TAGGED, [['template.container[0].args', COMMAND]]],
    ['no arguments', { container: [{ ...told, args: [], command: null }] }, TAGGED, []],
    ['a command of an app without the tag', { container: [{ ...told, command: ['sh'] }] }, {}, []],
    ['a sidecar', { container: [{ image: 'a:1' }, told] }, TAGGED, [['template.container[0]', BESIDE]]],
    [
      'an init container',
      { container: [told], init_container: [{ image: 'a:1' }] },
      TAGGED,
      [['template.init_container[0]', BESIDE]],
    ],
    [
      'init containers of an expression',
      { container: [told], dynamic: { init_container: { for_each: '${var.a}', content: { image: 'a:1' } } } },
      TAGGED,
      [['template.init_container', BESIDE]],
    ],
    ...['template', 'all', 'template[0].container[0].image', 'template[0].container'].map(
      (change): [string, Record<string, unknown>, Record<string, unknown>, readonly [string, string][]] => [
        `ignored changes of ${change}`,
        { container: [told] },
        { lifecycle: { ignore_changes: change === 'all' ? change : ['tags', change] } },
        [['lifecycle.ignore_changes', IGNORED]],
      ],
    ),
    [
      'ignored changes of scaling and tags',
      { container: [told] },
      { lifecycle: [{ ignore_changes: ['tags', 'template[0].min_replicas', 'template[0].container[0].cpu', 7] }] },
      [],
    ],
  ])('%s beside a release', (_what, template, more, expected) => {
    const findings = check({ ...orchestrator(ONE, {}, more), template });
    expect(findings.map((finding) => [finding.resource.path, brief(finding)])).toEqual(expected);
  });

  test('readable variables beside those of an expression, which may repeat them', () => {
    const dynamic = { env: { for_each: '${var.more}', content: { name: '${env.key}', value: '${env.value}' } } };
    expect(check({ ...orchestrator(ONE), template: { container: [{ ...told, dynamic }] } }).map(brief)).toEqual([
      'warning unknown: an expression makes a part of the environment: whether it repeats RELEASE_ID, the manifest or what models are called is not known',
    ]);
  });

  test('reads what for_each and dynamic blocks make of literals', () => {
    const env = { for_each: releaseVariables(OTHER), content: { name: '${env.key}', value: '${env.value}' } };
    const app = {
      ...containerApp({}, { for_each: ['eu'] }),
      template: { container: [{ image: 'a:1', dynamic: { env } }] },
    };
    expect(check(app).map(({ resource, message }) => [resource.address, message])).toEqual([
      [
        'azurerm_container_app.one["eu"]',
        "the image 'a:1' is named without digest: another one can be pushed under that name",
      ],
    ]);
  });
});
