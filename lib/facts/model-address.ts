/** Domains of Azure's clouds under which accounts serve models. */
const MODEL_HOST = /\.(?:openai|cognitiveservices|services\.ai|models\.ai|inference\.ml)\.azure\.(?:com|us|cn)$/i;

const MODEL_PATH = /\/openai(?:\/|$)|\/deployments\//i;

const DEPLOYMENT = /\/deployments\/([^/?#\s]+)/i;

/** A host may be an expression of Terraform, or begin with one. */
const HOST = /^https?:\/\/((?:\$\{[^}]*\}|[^/:?#$]|\$(?!\{))+)/i;

/** A URL of models taken apart. */
export interface ModelAddress {
  readonly host: string;
  /** First label of the host; `undefined` where an expression is all of it. */
  readonly subdomain?: string;
  /** `undefined` where the URL names none or names it by an expression. */
  readonly deployment?: string;
}

/** The deployment that a path or URL names, an expression included. */
export function deploymentIn(path: string): string | undefined {
  const name = DEPLOYMENT.exec(path)?.[1];
  return name === undefined || /^\{[^{}]*\}$/.test(name) ? undefined : name;
}

/** The parts of an absolute URL, whether it leads to models or not. */
export function modelAddress(url: string): ModelAddress | undefined {
  const host = HOST.exec(url)?.[1]?.toLowerCase();
  if (host === undefined) {
    return undefined;
  }
  const subdomain = /^((?:\$\{[^}]*\}|[^.$]|\$(?!\{))+)\./.exec(host)?.[1];
  return { host, subdomain, deployment: deploymentIn(url) };
}

/** Whether a URL leads to models of Azure, as far as its text tells. */
export function leadsToModels(url: string): boolean {
  return (
    MODEL_HOST.test(modelAddress(url)?.host ?? '') || MODEL_PATH.test(url) || /azurerm_cognitive_account\./.test(url)
  );
}
