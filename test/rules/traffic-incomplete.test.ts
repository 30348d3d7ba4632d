import fc from 'fast-check';
import { BUCKETS } from '../../lib/contracts/traffic-bucket';
import { trafficIncomplete } from '../../lib/rules/traffic-incomplete';
import { contextOf } from './configuration';
import { factsOf, findingsOf, Resources } from './gateway-stack';
import { apps, brief, containerApp, nginx, orchestrator, release, router, RowGiven } from './release-stack';

const A = release({ text: 'a' }).label;
const B = release({ text: 'b' }).label;
const C = release({ text: 'c' }).label;
const RELEASES = apps({
  a: orchestrator(release({ text: 'a' })),
  b: orchestrator(release({ text: 'b' })),
  c: orchestrator(release({ text: 'c' })),
});

function check(...parts: readonly Resources[]) {
  return findingsOf(trafficIncomplete, parts);
}

function messages(...parts: readonly Resources[]): string[] {
  return check(...parts).map(brief);
}

/** `a|stable|0|100` with the app of that name, `-` for no branch. */
function rows(...texts: readonly string[]): RowGiven[] {
  return texts.map((text) => {
    const [name, ...row] = text.split('|');
    const label = { a: A, b: B, c: C }[name!.replace('-', '')]!;
    return { label, row: row.join('|'), ...(name!.endsWith('-') ? {} : { to: name }) };
  });
}

const TEN_PERCENT = rows('b|canary|0|1000', 'a|stable|1000|10000');

function conf(split: string, more = ''): string {
  return `events {} http { split_clients "s:$user" $bucketed_release { ${split} } map $release $release_stage { ${A} stable; ${B} canary; } ${more} }`;
}

const UPSTREAMS = `map $release $upstream { ${A} "https://\${azurerm_container_app.a.ingress[0].fqdn}"; ${B} https://${B}.example; }`;

describe('traffic-incomplete is content with', () => {
  test.each<[string, readonly Resources[]]>([
    ['a canary beside stable', [router(TEN_PERCENT), RELEASES]],
    [
      'the last step of a ramp, with nothing left for stable',
      [router(rows('b|canary|0|10000', 'a|stable|0|0')), RELEASES],
    ],
    [
      'both anchors, a candidate, a draining and a retired release',
      [
        router([
          ...rows('b|canary|0|500', 'a|stable|500|9500', 'c|canary|9500|10000'),
          { label: 'old-0123456789ab', row: 'draining|0|0', to: 'https://old-0123456789ab.example' },
          { label: 'new-0123456789ab', row: 'candidate|0|0', to: 'https://new-0123456789ab.example' },
          { label: 'gone-0123456789ab', row: 'retired|0|0' },
        ]),
        RELEASES,
      ],
    ],
    [
      'releases that are declared elsewhere, under hosts of their labels',
      [router(TEN_PERCENT.map((row) => ({ ...row, to: `https://${row.label}.example/x` })))],
    ],
    ['a policy that calls something else releases', [router([], 'monthly,weekly'), RELEASES].map(withoutSalt)],
    ['nginx with a percentage and the rest', [apps({ r: nginx(conf(`12.5% ${B}; * ${A};`, UPSTREAMS)) }), RELEASES]],
    ['nginx that splits something else', [apps({ r: nginx('http { split_clients $a $b { 5% one; * two; } }') })]],
    ['nginx with a copy of some requests', [apps({ r: nginx(`http { split_clients $a $m { 5% ${B}; * ""; } }`) })]],
    ['a configuration of nginx in a secret, without releases', [apps({ r: nginx({ secret: 'conf' }) })]],
    ['an app without ingress', [apps({ r: containerApp({}, { ingress: undefined }) })]],
    [
      'weights that add up',
      [
        split([
          { latest_revision: true, percentage: 90 },
          { revision_suffix: 'v1', percentage: 10 },
        ]),
      ],
    ],
  ])('%s', (_what, parts) => {
    expect(messages(...parts)).toEqual([]);
  });
});

function withoutSalt(parts: Resources): Resources {
  return JSON.parse(
    JSON.stringify(parts).replaceAll('<set-variable name=\\"salt\\" value=\\"s1\\" />', ''),
  ) as Resources;
}

function split(weights: unknown, more: Record<string, unknown> = {}): Resources {
  return apps({ web: containerApp({}, { revision_mode: 'Multiple', ingress: { traffic_weight: weights }, ...more }) });
}

describe('traffic-incomplete reports', () => {
  test('users whom nobody gets, at the policy', () => {
    expect(check(router(rows('b|canary|0|500', 'a|stable|1000|10000')), RELEASES)).toEqual([
      {
        rule: 'traffic-incomplete',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api_policy.router',
          type: 'azurerm_api_management_api_policy',
          path: 'xml_content',
        },
        message: 'nobody gets the users in buckets 500 to 999',
        fix: 'let the rows cover every bucket from 0 to 9999',
      },
    ]);
  });

  test.each<[string, readonly string[], string]>([
    ['a gap at the end', ['a|stable|0|9999'], 'nobody gets the users in buckets 9999 to 9999'],
    ['no users for anybody', ['a|stable|0|0'], 'nobody gets the users in buckets 0 to 9999'],
    ['an overlap', ['a|stable|0|10000', 'b|canary|100|200'], `two releases share buckets: ${A} and ${B} (100 to 199)`],
    [
      'no stable release',
      ['a|canary|0|10000'],
      'no release is stable: there is none that the rest, and everybody in an emergency, is sent to',
    ],
    ['two stable releases', ['a|stable|0|5000', 'b|stable|5000|10000'], `2 releases are stable: ${A}, ${B}`],
    ['users of a candidate', ['a|stable|0|9000', 'b|candidate|9000|10000'], `${B} is a candidate and gets users`],
    ['a release without backend', ['a|stable|0|10000', 'b-|candidate|0|0'], `there is no backend for ${B}`],
    [
      'a row that ends before it starts',
      ['a|stable|0|10000', 'b|canary|900|800'],
      `${B} (900 to 800): buckets go from 0 to 10000, and no row ends before it starts`,
    ],
    [
      'buckets that do not exist',
      ['a|stable|0|10001'],
      `${A} (0 to 10001): buckets go from 0 to 10000, and no row ends before it starts`,
    ],
  ])('%s', (_what, texts, message) => {
    expect(messages(router(rows(...texts)), RELEASES)).toEqual([`error violation: ${message}`]);
  });

  test('a label with two rows', () => {
    expect(messages(router(rows('a|stable|0|5000', 'a|canary|5000|10000')), RELEASES)).toEqual([
      `error violation: ${A} has more than one row`,
    ]);
  });

  test('a label that leads to the app of another', () => {
    const crossed = TEN_PERCENT.map((row) => ({ ...row, to: 'a' }));
    expect(messages(router(crossed), RELEASES)).toEqual([
      `error violation: ${B} leads to azurerm_container_app.a, which runs release ${A}`,
    ]);
  });

  test.each([
    ['a host of another name', 'https://far.example'],
    ['the host of a third release', 'https://other-0123456789ab.example'],
    ['a reference out of the stack', 'https://${data.terraform_remote_state.far.outputs.host}'],
  ])('that nobody sees whether a release runs at %s', (_what, to) => {
    const leading = TEN_PERCENT.map((row) => (row.label === B ? { ...row, to } : row));
    expect(messages(router(leading), RELEASES)).toEqual([
      `note unknown: whether the release runs there is not known, where this stack declares no app and the host is not named by the label: ${B} (${to})`,
    ]);
  });

  test('text that is no rows', () => {
    expect(messages(router(TEN_PERCENT, 'a|stable'), RELEASES)).toEqual([
      "error violation: the router sets 'releases' to what are no rows 'label|stage|from|to' divided by ';' (a|stable): who is sent where is not known",
    ]);
  });

  test.each<[string, string, string]>([
    ['a gap', `5% ${B}; 90% ${A};`, 'nobody gets the users in buckets 9500 to 9999'],
    [
      'a label that stands behind the rest',
      `* ${A}; 5% ${B};`,
      `the router has a split_clients that nginx refuses: its percentages add up to more than 100%: who is sent where is not known`,
    ],
    [
      'a percentage of nothing',
      `0% ${B}; * ${A};`,
      "the router has a split_clients that nginx refuses: '0%' is no percentage above 0: who is sent where is not known",
    ],
    [
      'three decimals',
      `0.125% ${B}; * ${A};`,
      "the router has a split_clients that nginx refuses: '0.125%' is no percentage above 0: who is sent where is not known",
    ],
  ])('in a configuration of nginx: %s', (_what, entries, message) => {
    const findings = check(apps({ r: nginx(conf(entries, UPSTREAMS)) }), RELEASES);
    expect(findings.map(brief)).toEqual([`error violation: ${message}`]);
    expect(findings[0]!.resource).toMatchObject({
      address: 'azurerm_container_app.r',
      path: 'template.container[0].env[0].value',
    });
  });

  test('a label that the map of upstreams leaves out, and a configuration that nginx cannot read', () => {
    const without = UPSTREAMS.replace(`${B} https://${B}.example;`, '');
    expect(messages(apps({ r: nginx(conf(`5% ${B}; * ${A};`, without)) }), RELEASES)).toEqual([
      `error violation: there is no backend for ${B}`,
    ]);
    expect(messages(apps({ r: nginx('http { split_clients a b { 5% "x } }') }))).toEqual([
      'error violation: the router cannot be read as a configuration of nginx: unexpected end: " is not closed in line 1: who is sent where is not known',
    ]);
  });

  test.each<[string, unknown, Record<string, unknown>, string]>([
    [
      'weights that do not add up',
      [{ latest_revision: true, percentage: 70 }],
      {},
      'the weights of revisions add up to 70',
    ],
    [
      'a weight for no revision',
      [{ percentage: 100 }],
      {},
      'a weight is for no revision: it names none and is not for the latest',
    ],
    [
      'a weight for a revision that Single mode has not',
      [{ revision_suffix: 'v1', percentage: 100 }],
      { revision_mode: 'Single', template: { revision_suffix: 'v2', container: [] } },
      "a weight is for revision 'v1', and in Single mode only 'v2' is active",
    ],
    [
      'a label twice',
      [
        { latest_revision: true, percentage: 50, label: 'x' },
        { revision_suffix: 'a', percentage: 50, label: 'x' },
      ],
      {},
      "two weights have the label 'x'",
    ],
  ])('%s', (_what, weights, more, message) => {
    expect(messages(split(weights, more))).toEqual([`error violation: ${message}`]);
  });

  test('a weight that is no percentage, with its place', () => {
    const findings = check(
      split([
        { latest_revision: true, percentage: 100.5 },
        { revision_suffix: 'a', percentage: -0.5 },
      ]),
    );
    expect(findings.map(({ message, resource }) => [message, resource.path])).toEqual([
      ['the weight is 100.5', 'ingress.traffic_weight[0]'],
      ['the weight is -0.5', 'ingress.traffic_weight[1]'],
    ]);
  });
});

describe('traffic-incomplete does not know', () => {
  test.each<[string, readonly Resources[], string]>([
    [
      'rows that Terraform fills in',
      [router(TEN_PERCENT, '${var.rows}'), RELEASES],
      "warning unknown: the router sets 'releases' to what cannot be read before Terraform runs (${var.rows}): who is sent where is not known",
    ],
    [
      'rows in a named value that is not declared',
      [router(TEN_PERCENT, '{{rows}}'), RELEASES],
      "warning unknown: the router sets 'releases' to what cannot be read before Terraform runs ({{rows}}): who is sent where is not known",
    ],
    [
      'rows that an expression makes',
      [router(TEN_PERCENT, '@(string.Empty)'), RELEASES],
      "warning unknown: the router sets 'releases' by an expression: who is sent where is not known",
    ],
    [
      'the configuration of nginx in a secret',
      [apps({ r: nginx({ secret: 'conf' }) }), RELEASES],
      'warning unknown: the router takes NGINX_CONFIG from a secret: who is sent where is not known',
    ],
    [
      'the configuration of nginx in a variable',
      [apps({ r: nginx('${var.conf}') }), RELEASES],
      'warning unknown: the router has a NGINX_CONFIG that cannot be read before Terraform runs (${var.conf}): who is sent where is not known',
    ],
    [
      'users whom nginx splits in a file that is included',
      [
        apps({ r: nginx(`http { include /etc/nginx/split.conf; map $release $stage { ${A} stable; ${B} canary; } }`) }),
        RELEASES,
      ],
      'warning unknown: the router has releases and no split_clients that sends users to them: who is sent where is not known',
    ],
    [
      'which release the app runs that a label leads to, where the app does not say it',
      [
        router(TEN_PERCENT.map((row) => ({ ...row, to: row.label === B ? 'bare' : row.to }))),
        RELEASES,
        apps({ bare: containerApp({}) }),
      ],
      `warning unknown: ${B} leads to azurerm_container_app.bare, whose containers are told no release`,
    ],
    [
      'which release the app runs that a label leads to, where expressions hide it',
      [
        router(TEN_PERCENT.map((row) => ({ ...row, to: row.label === B ? 'bare' : row.to }))),
        RELEASES,
        apps({ bare: containerApp({}, { template: '${var.template}', tags: { 'release-id': '0'.repeat(64) } }) }),
      ],
      `warning unknown: ${B} leads to azurerm_container_app.bare, and which release that app runs cannot be read`,
    ],
    [
      'where nginx finds a release, if no map says it',
      [apps({ r: nginx(conf(`5% ${B}; * ${A};`)) }), RELEASES],
      `note unknown: nothing says where to find ${B}, ${A}`,
    ],
    [
      'a backend that an expression chooses',
      [router(TEN_PERCENT.map(({ label, row }) => ({ label, row }))), RELEASES],
      `note unknown: nothing says where to find ${B}, ${A}`,
    ],
    [
      'weights in a variable',
      [
        split([
          { latest_revision: true, percentage: '${var.share}' },
          { revision_suffix: 'a', percentage: 10 },
        ]),
      ],
      'warning unknown: whether the weights of revisions add up to 100 cannot be read before Terraform runs (${var.share})',
    ],
    [
      'weights that an expression makes',
      [
        apps({
          r: containerApp(
            {},
            {
              ingress: {
                dynamic: {
                  traffic_weight: { for_each: '${var.w}', content: { percentage: 1, latest_revision: true } },
                },
              },
            },
          ),
        }),
      ],
      'warning unknown: whether the weights of revisions add up to 100 cannot be read before Terraform runs',
    ],
  ])('%s', (_what, parts, message) => {
    expect(messages(...parts)).toEqual([message]);
  });
});

describe('for any rows', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: BUCKETS }), { maxLength: 6 });

  test('neighbours that go from 0 to 10,000 are complete, in whatever order they stand', () => {
    fc.assert(
      fc.property(cuts, fc.infiniteStream(fc.nat()), (points, order) => {
        const ends = [0, ...points.sort((left, right) => left - right), BUCKETS];
        const complete = ends.slice(1).map((to, index) => rowOf(index, ends[index]!, to));
        expect(verdict(shuffled(complete, order))).toEqual([]);
      }),
    );
  });

  test('one that lost or doubled a bucket is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BUCKETS - 2 }), fc.constantFrom(-1, 1), (cut, shift) => {
        expect(verdict([rowOf(0, 0, cut), rowOf(1, cut + shift, BUCKETS)])).toHaveLength(1);
      }),
    );
  });
});

function rowOf(index: number, from: number, to: number) {
  const label = `r-${String(index).padStart(12, '0')}`;
  return {
    label,
    stage: index === 0 ? ('stable' as const) : ('canary' as const),
    from,
    to,
    target: 'declared' as const,
  };
}

function shuffled<T>(items: readonly T[], order: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, key: order.next().value as number }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

function verdict(given: readonly ReturnType<typeof rowOf>[]): string[] {
  const origin = { address: 'a.b', type: 'a' };
  const facts = {
    ...factsOf({}),
    traffic: { routers: [{ origin, path: 'p', kind: 'api-management' as const, rows: given }], revisions: [] },
  };
  return trafficIncomplete.check({ ...contextOf([]), facts }).map(({ message }) => message);
}
