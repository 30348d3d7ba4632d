import { block, mapBlock } from './configuration-block';
import { DIRECTORY, NginxSettings } from './nginx-settings';
import { splitClientsEntries } from './split-clients';

/** Longest user id, in bytes. */
const LONGEST_USER_ID = 256;

/**
 * How a request gets its release: the user's id, the split, the kill switch, the override, what is refused.
 *
 * Values from callers are compared by regular expression, because nginx's `map` compares texts without regard to case
 * (https://nginx.org/en/docs/http/ngx_http_map_module.html).
 */
export function releaseChoice(settings: NginxSettings): string[] {
  return [...user(settings), ...bucket(settings), ...override(settings), ...outcome(settings)];
}

/**
 * A comma is refused: since 1.23.0 nginx joins the values of a header that came twice with commas, and before, it takes the
 * first (https://nginx.org/en/CHANGES). Who has no id gets a random one for this request.
 */
function user({ userHeader }: NginxSettings): string[] {
  const given = headerVariable(userHeader);
  return [
    ...mapBlock(given, '$user_given', [
      ['default', 'invalid'],
      ['""', 'none'],
      [`"~^[^\\x00-\\x20,\\x7f]{1,${LONGEST_USER_ID}}\\z"`, 'valid'],
    ]),
    ...mapBlock('$user_given', '$user', [
      ['default', '$request_id'],
      ['valid', given],
    ]),
    ...mapBlock('$user_given', '$user_forwarded', [
      ['default', '""'],
      ['valid', given],
    ]),
  ];
}

function bucket({ rows, salt }: NginxSettings): string[] {
  const stable = rows.find(({ stage }) => stage === 'stable')!;
  return [
    ...block(
      `split_clients "${salt}:$user" $bucketed_release`,
      splitClientsEntries(rows).map(({ share, label }) => `${share} ${label};`),
    ),
    ...block('map "" $kill_switch', [`include ${DIRECTORY}/kill-switch.conf;`]),
    ...mapBlock('$kill_switch', '$routed_release', [
      ['default', '$bucketed_release'],
      ['on', stable.label],
    ]),
  ];
}

function override({ rows, overrideSecretHeader }: NginxSettings): string[] {
  return [
    ...mapBlock('$http_x_release_override', '$override_asked', [
      ['default', 'unknown'],
      ['""', 'none'],
      ...rows.map(
        ({ label, stage }) => [`"~^${label}\\z"`, stage === 'retired' ? 'retired' : 'known'] as [string, string],
      ),
    ]),
    ...block(`map ${overrideSecretHeader ? headerVariable(overrideSecretHeader) : '""'} $override_authorised`, [
      'default no;',
      ...(overrideSecretHeader ? [`include ${DIRECTORY}/override-secret.conf;`] : []),
    ]),
  ];
}

function outcome({ rows, upstreams }: NginxSettings): string[] {
  const reachable = rows.filter(({ stage }) => stage !== 'retired');
  return [
    ...mapBlock('"$user_given $override_asked $override_authorised"', '$refusal', [
      ['default', '""'],
      ['"~^invalid "', 'user_id_invalid'],
      ['"~ (known|retired|unknown) no\\z"', 'override_forbidden'],
      ['"~ unknown yes\\z"', 'release_unknown'],
      ['"~ retired yes\\z"', 'release_retired'],
    ]),
    ...mapBlock('"$refusal:$http_x_release_override"', '$release', [
      ['default', '$routed_release'],
      ...reachable.map(({ label }) => [`"~^:${label}\\z"`, label] as [string, string]),
    ]),
    ...mapBlock('$refusal', '$answered_release', [
      ['default', '""'],
      ['""', '$release'],
    ]),
    ...mapBlock(
      '$release',
      '$release_stage',
      rows.map(({ label, stage }) => [label, stage]),
    ),
    ...mapBlock(
      '$release',
      '$upstream',
      reachable.map(({ label }) => [label, `"${upstreams[label]!}"`]),
    ),
  ];
}

/** How nginx names a request's header. */
function headerVariable(header: string): string {
  return `$http_${header.replaceAll('-', '_')}`;
}
