const SECRET_VARIABLES = [
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_PASSWORD',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'SYSTEM_ACCESSTOKEN',
];

/** Tokens of Microsoft Entra ID are JSON Web Tokens; what continues a list stands behind `skiptoken`. */
const SECRETS = [/\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, /(?<=\bBearer\s+)[\w.~+/=-]+/gi, /(?<=skiptoken=)[^&\s'"]+/gi];

/** A text of others without what must not stand in a log, whoever put it there. */
export function withoutSecrets(text: string): string {
  const values = SECRET_VARIABLES.map((name) => process.env[name] ?? '').filter((value) => value.length >= 4);
  const withoutValues = values.reduce((result, value) => result.replaceAll(value, '***'), text);
  return SECRETS.reduce((result, pattern) => result.replace(pattern, '***'), withoutValues);
}
