/** Environment variables of the container of an nginx router. */
export const NGINX_ROUTER_ENVIRONMENT = {
  configuration: 'NGINX_CONFIG',
  killSwitch: 'KILL_SWITCH',
  overrideSecret: 'OVERRIDE_SECRET',
} as const;
