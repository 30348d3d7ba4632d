import { DIRECTORY } from './nginx-settings';

/** What an override secret has to be, wherever it is kept. */
const OVERRIDE_SECRET_RULE = '32 to 256 letters, digits, _ and -';

/**
 * What the container runs, by `/bin/sh -c`: it writes the configuration and starts nginx.
 *
 * The secret's characters are checked before they are written, so that it can neither end the line it stands in nor match
 * more than itself. Nothing but nginx's own process may read it. Variables are written without braces: Terraform would take them for
 * its own.
 *
 * Container Apps ends a container with SIGTERM, which for nginx means to cut streams; it is told to finish them instead.
 * https://learn.microsoft.com/azure/container-apps/application-lifecycle-management#shutdown
 * https://nginx.org/en/docs/control.html
 */
export function startScript(hasOverride: boolean): string {
  return [
    'set -euf',
    'umask 077',
    'export LC_ALL=C',
    `directory=${DIRECTORY}`,
    `refuse() { echo "release router: $1" >&2; exit 1; }`,
    // Workers of nginx are another user, who has to reach the bodies below.
    'mkdir -p "$directory"; chmod 711 "$directory"',
    'case "$KILL_SWITCH" in on|off) ;; *) refuse "KILL_SWITCH must be on or off" ;; esac',
    `printf 'default %s;\\n' "$KILL_SWITCH" > "$directory/kill-switch.conf"`,
    ...(hasOverride ? overrideSecret() : []),
    `resolvers=$(awk 'NF > 1 && $1 == "nameserver" { printf " %s", ($2 ~ /:.*:/ ? "[" $2 "]" : $2) }' /etc/resolv.conf)`,
    'case "$resolvers" in ""|*[!][0-9a-fA-F.:\\ ]*) refuse "no usable name server" ;; esac',
    `printf 'resolver%s valid=30s ipv6=off;\\n' "$resolvers" > "$directory/resolver.conf"`,
    `printf '%s' "$NGINX_CONFIG" > "$directory/nginx.conf"`,
    'unset NGINX_CONFIG OVERRIDE_SECRET',
    'nginx -e stderr -c "$directory/nginx.conf" &',
    'nginx=$!',
    `trap 'kill -QUIT "$nginx" 2>/dev/null || true' TERM QUIT INT`,
    'status=0',
    'wait "$nginx" || status=$?',
    'while kill -0 "$nginx" 2>/dev/null; do status=0; wait "$nginx" || status=$?; done',
    'exit "$status"',
    '',
  ].join('\n');
}

function overrideSecret(): string[] {
  return [
    `case "$OVERRIDE_SECRET" in *[!A-Za-z0-9_-]*) refuse "OVERRIDE_SECRET must have ${OVERRIDE_SECRET_RULE}" ;; esac`,
    'length=$(printf %s "$OVERRIDE_SECRET" | wc -c)',
    `if [ "$length" -lt 32 ] || [ "$length" -gt 256 ]; then refuse "OVERRIDE_SECRET must have ${OVERRIDE_SECRET_RULE}"; fi`,
    `printf '"~^%s\\\\z" yes;\\n' "$OVERRIDE_SECRET" > "$directory/override-secret.conf"`,
  ];
}
