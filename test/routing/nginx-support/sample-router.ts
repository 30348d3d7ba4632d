import { TrafficRow } from '../../../lib/contracts/traffic-row';
import { nginxConfiguration } from '../../../lib/routing/nginx/nginx-configuration';
import { NginxSettings } from '../../../lib/routing/nginx/nginx-settings';
import { startScript } from '../../../lib/routing/nginx/start-script';
import { RouterContainer } from './running-router';

export const STABLE = 'chat-aaaaaaaaaaaa';
export const LOW = 'chat-bbbbbbbbbbbb';
export const HIGH = 'chat-cccccccccccc';
export const CANDIDATE = 'chat-dddddddddddd';
export const DRAINING = 'chat-eeeeeeeeeeee';
export const RETIRED = 'chat-ffffffffffff';
export const SECRET = 'Correct-horse_battery-staple-0123456789';

/** Nothing listens there: what is asked is answered at once, and the answer names the release that was chosen. */
export const NOWHERE = 'https://127.0.0.1:9';

/** Rows of two canaries with these shares, in basis points, and one release of every other stage. */
export function rowsOf(low: number, high = 0): TrafficRow[] {
  return [
    { label: STABLE, stage: 'stable', from: low, to: 10_000 - high },
    { label: LOW, stage: 'canary', from: 0, to: low },
    { label: HIGH, stage: 'canary', from: 10_000 - high, to: 10_000 },
    { label: CANDIDATE, stage: 'candidate', from: 0, to: 0 },
    { label: DRAINING, stage: 'draining', from: 0, to: 0 },
    { label: RETIRED, stage: 'retired', from: 0, to: 0 },
  ];
}

export function settingsOf(settings: Partial<NginxSettings> = {}): NginxSettings {
  const rows = settings.rows ?? rowsOf(0);
  const alive = rows.filter(({ stage }) => stage !== 'retired');
  return {
    rows,
    upstreams: Object.fromEntries(alive.map(({ label }) => [label, NOWHERE])),
    salt: 'upgrade-1',
    userHeader: 'x-user-id',
    largestBodyMebibytes: 16,
    readTimeoutSeconds: 240,
    trustedCertificates: '/etc/ssl/certs/ca-certificates.crt',
    ...settings,
  };
}

/** The container of a router with these settings. */
export function containerOf(settings: Partial<NginxSettings> = {}, killSwitch: 'on' | 'off' = 'off'): RouterContainer {
  const hasOverride = settings.overrideSecretHeader !== undefined;
  return {
    command: ['/bin/sh', '-c', startScript(hasOverride)],
    environment: {
      NGINX_CONFIG: nginxConfiguration(settingsOf(settings)),
      KILL_SWITCH: killSwitch,
      ...(hasOverride && { OVERRIDE_SECRET: SECRET }),
    },
  };
}
