import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';
import { isJsonObject } from '../../lib/contracts/json-file';
import { quoted } from '../../lib/contracts/printable';
import { ModelListPage, readModelListPage } from '../../lib/model-list';
import { AzureSession } from './azure-session';
import { eachBounded } from './bounded';
import { AzureFailure, neverEnds } from './errors';
import { failureOf, Question } from './failure';
import { jsonOf } from './json-answer';

/** Regions that are asked at the same time. */
const REGIONS_AT_ONCE = 4;

/** A list has ten pages; what has more than these goes on for ever. */
const MOST_PAGES = 200;

/** What is asked for. */
export interface ModelListQuestion {
  /** Id of the subscription whose offer is asked for. */
  readonly subscription: string;
  /** In lower case without blanks, each once. */
  readonly regions: readonly string[];
  readonly apiVersion: string;
  /** Told after every page how many there are by now. */
  readonly onPage: (pages: number) => void;
}

/** What Azure answered about one region. */
export interface RegionAnswer {
  readonly region: string;
  /** The pages as they came, the last one broken where that is the failure. */
  readonly texts: readonly string[];
  readonly pages: readonly ModelListPage[];
  /** Why there are no more pages; absent where the list is whole. */
  readonly failure?: AzureFailure;
}

/**
 * Azure's model lists of some regions, page by page. A region that fails does not keep the others from being asked,
 * unless nobody is signed in.
 *
 * @see https://learn.microsoft.com/rest/api/aiservices/accountmanagement/models/list
 */
export async function askModelLists(session: AzureSession, question: ModelListQuestion): Promise<RegionAnswer[]> {
  const { subscription, regions, apiVersion, onPage } = question;
  const { credential, clientOptions } = session;
  const client = new CognitiveServicesManagementClient(credential, subscription, { ...clientOptions, apiVersion });
  let pages = 0;
  let notSignedIn: AzureFailure | undefined;
  return eachBounded(regions, REGIONS_AT_ONCE, async (region): Promise<RegionAnswer> => {
    if (notSignedIn !== undefined) {
      return { region, texts: [], pages: [], failure: notSignedIn };
    }
    const texts: string[] = [];
    const read: ModelListPage[] = [];
    try {
      for await (const value of valuesOf(client, region, texts)) {
        read.push({ ...readModelListPage(value, `${region} page ${texts.length}`, region), apiVersion });
        onPage(++pages);
      }
      return { region, texts, pages: read };
    } catch (error) {
      const failure = listFailure(error, session, question, region);
      notSignedIn ??= failure.reason === 'sign-in' ? failure : undefined;
      return { region, texts, pages: read, failure };
    }
  });
}

/** The pages as JSON values; the SDK's own objects lack what it does not know, and an answer that is no list is empty to it. */
async function* valuesOf(client: CognitiveServicesManagementClient, region: string, texts: string[]) {
  const links = new Set<unknown>();
  let value: unknown;
  const answers = client.models.list(region, {
    requestOptions: { shouldDeserialize: ({ status }) => status !== 200 },
    onResponse: ({ status, bodyAsText }) => {
      if (status === 200) {
        texts.push(bodyAsText ?? '');
        value = jsonOf(bodyAsText ?? '');
      }
    },
  });
  const pages = answers.byPage();
  while (!(await pages.next()).done) {
    yield value;
    const link = isJsonObject(value) ? value.nextLink : undefined;
    if (link && (links.has(link) || texts.length >= MOST_PAGES)) {
      throw neverEnds(texts.length);
    }
    links.add(link);
  }
}

function listFailure(
  error: unknown,
  { resourceManager }: AzureSession,
  { subscription, apiVersion }: ModelListQuestion,
  region: string,
): AzureFailure {
  const question: Question = {
    resourceManager,
    subscription,
    permission: 'Microsoft.CognitiveServices/locations/models/read',
    advice: `correct --location (${quoted(region)}) or --api-version (${quoted(apiVersion)})`,
  };
  return failureOf(error, question);
}
