import { CatalogRecord } from './catalog-content';
import { FamilyEntry, FamilyMember, ModelFacts, ModelKind } from './catalog-document';
import { apiVersion, recordOf } from './catalog-index';
import { ModelCatalog } from './model-catalog';
import { sameFormat, sameText } from './model-key';

/** One side of an update: a model as a team names it, and how it runs it. */
export interface UpdateSubject {
  /** @default the format of the only model with that name */
  readonly format?: string;
  /** The model's name; a version may be joined to it, as in `gpt-35-turbo-0125`. */
  readonly name: string;
  readonly version?: string;
  /** How it is hosted, in the team's own words, for instance `managed-online-endpoint` or `self-hosted`. */
  readonly hosting?: string;
  /** What it was trained for, for instance `finance`. @default the domain of its family, else general */
  readonly domain?: string;
  /** Whether the team fine-tuned it. @default true for a name that Azure gave to a fine-tuned model */
  readonly fineTuned?: boolean;
}

/** Where a model stands: its name as the API writes it, its family and its place there. */
export interface Placement {
  readonly subject: UpdateSubject;
  readonly format?: string;
  readonly name: string;
  readonly version?: string;
  readonly fineTuned: boolean;
  readonly family?: FamilyEntry;
  readonly member?: FamilyMember;
  readonly kind?: ModelKind;
  readonly domain: string;
  /** The catalogue's entry for the version, else for any version of the name. */
  readonly record?: CatalogRecord;
}

/** Nothing in particular: what a model is made for unless somebody says otherwise. */
export const GENERAL_DOMAIN = 'general';

/** Where the catalogue places a model. */
export function placementOf(subject: UpdateSubject, catalog: ModelCatalog): Placement {
  const reference = catalog.reference(subject.name, subject.format);
  const written = reference?.fineTuned ? reference.version : (subject.version ?? reference?.version);
  const listed = reference && written !== undefined ? recordOf(reference.model, written) : undefined;
  const record = listed ?? reference?.model.records[0];
  const name = reference?.model.name ?? subject.name;
  const version = listed && written !== undefined ? apiVersion(listed.facts, written) : written;
  const base = record?.facts.fineTunedFrom;
  const found = findMember(catalog.families(), name, version, subject.format) ?? baseMember(catalog, base, subject);
  return {
    subject,
    format: subject.format ?? reference?.model.format,
    name,
    version,
    fineTuned: subject.fineTuned ?? (base !== undefined || reference?.fineTuned === true),
    ...found,
    kind: found?.member.kind ?? record?.facts.kind ?? found?.family.kind,
    domain: subject.domain ?? found?.member.domain ?? found?.family.domain ?? GENERAL_DOMAIN,
    record,
  };
}

interface PlaceInFamily {
  readonly family: FamilyEntry;
  readonly member: FamilyMember;
}

function baseMember(
  catalog: ModelCatalog,
  base: ModelFacts['fineTunedFrom'],
  { format }: UpdateSubject,
): PlaceInFamily | undefined {
  return base && findMember(catalog.families(), base.name, base.version, format);
}

/** A member for exactly this version comes before one for every version of the name. */
function findMember(
  families: readonly FamilyEntry[],
  name: string,
  version: string | undefined,
  format: string | undefined,
): PlaceInFamily | undefined {
  let everyVersion: PlaceInFamily | undefined;
  for (const family of families) {
    for (const member of family.members) {
      if (!sameText(member.name, name) || (format && !sameFormat(member.format ?? family.format, format))) {
        continue;
      }
      if (member.versions === undefined) {
        everyVersion ??= { family, member };
      } else if (version !== undefined && member.versions.some((known) => sameText(known, version))) {
        return { family, member };
      }
    }
  }
  return everyVersion;
}
