import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';
import { isJsonObject } from '../../lib/contracts/json-file';
import { AccountPlace, LiveDeployment, liveDeployment } from '../../lib/inventory';
import { AzureSession } from './azure-session';
import { brokenAnswer, neverEnds } from './errors';
import { jsonOf } from './json-answer';

/** An account has tens of deployments; what has more pages goes on for ever. */
const MOST_PAGES = 1_000;

/** Lists the deployments of accounts by Azure Resource Manager, with one client for each subscription. */
export class AccountDeployments {
  private readonly clients = new Map<string, CognitiveServicesManagementClient>();

  constructor(private readonly session: AzureSession) {}

  /**
   * @see https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments/list
   * @throws what the SDK throws, and an `AzureFailure` for an answer that is no list of deployments
   */
  async of({ id, subscriptionId, resourceGroup, account }: AccountPlace, location?: string): Promise<LiveDeployment[]> {
    const found = new Map<string, LiveDeployment>();
    const links = new Set<string>();
    let answer: unknown;
    const answers = this.client(subscriptionId).deployments.list(resourceGroup, account, {
      requestOptions: { shouldDeserialize: ({ status }) => status !== 200 },
      onResponse: ({ status, bodyAsText }) => {
        if (status === 200) {
          answer = jsonOf(bodyAsText ?? '');
        }
      },
    });
    for (const pages = answers.byPage(); !(await pages.next()).done;) {
      const { value, nextLink } = isJsonObject(answer) ? answer : {};
      if (!Array.isArray(value)) {
        throw brokenAnswer('it is no list of deployments');
      }
      for (const item of value) {
        const deployment = deploymentOf(item, id, location);
        found.set(deployment.name.toLowerCase(), deployment);
      }
      if (typeof nextLink === 'string' && (links.has(nextLink) || links.size >= MOST_PAGES)) {
        throw neverEnds(links.size + 1);
      }
      links.add(String(nextLink));
    }
    return [...found.values()];
  }

  private client(subscriptionId: string): CognitiveServicesManagementClient {
    const { credential, clientOptions } = this.session;
    const known =
      this.clients.get(subscriptionId) ??
      new CognitiveServicesManagementClient(credential, subscriptionId, clientOptions);
    this.clients.set(subscriptionId, known);
    return known;
  }
}

/** What an account answers is about that account, whatever case it writes the id in. */
function deploymentOf(item: unknown, accountId: string, location: string | undefined): LiveDeployment {
  let deployment: LiveDeployment;
  try {
    deployment = liveDeployment(item, 'Azure', location);
  } catch (error) {
    throw brokenAnswer((error as Error).message);
  }
  if (deployment.accountId.toLowerCase() !== accountId.toLowerCase()) {
    throw brokenAnswer('it lists a deployment of another account');
  }
  return deployment;
}
