import { CalendarDate } from '../contracts/calendar-date';
import { versionsOf } from './catalog-index';
import { DeploymentScope, LifecycleAnswer, LifecycleQuery } from './lifecycle';
import { ModelCatalog } from './model-catalog';
import { placementOf } from './placement';
import { directionOf } from './update-direction';

/** A model of which the newest version is asked for. */
export interface VersionedModel {
  readonly format?: string;
  readonly name: string;
  /** Deployment type; versions that are not listed under it are left out. @default - any */
  readonly sku?: string;
  /** @default 'base' */
  readonly scope?: DeploymentScope;
}

/**
 * The newest version of a model that is alive on a day; nothing where none is, or the name is not known.
 * Which of two versions is newer says the vendor's replacement, else the order of versions in the catalogue, else their days.
 */
export function newestVersion(
  model: VersionedModel,
  catalog: ModelCatalog,
  on: CalendarDate,
): LifecycleAnswer | undefined {
  const [first, ...others] = livingVersions(model, catalog, on);
  return others.reduce((newest, other) => (newest && isNewer(other, newest, catalog) ? other : newest), first);
}

/** Whether one version of a model comes after another one. */
export function isNewer(
  version: Pick<LifecycleQuery, 'format' | 'name' | 'version'>,
  than: Pick<LifecycleQuery, 'format' | 'name' | 'version'>,
  catalog: ModelCatalog,
): boolean {
  return directionOf(placementOf(than, catalog), placementOf(version, catalog)) === 'forward';
}

function livingVersions({ format, name, sku, scope }: VersionedModel, catalog: ModelCatalog, on: CalendarDate) {
  const reference = catalog.reference(name, format);
  if (reference === undefined || reference.fineTuned) {
    return [];
  }
  const { model } = reference;
  const versions = model.records.flatMap(({ facts }) =>
    versionsOf(facts).slice(0, facts.version === null ? undefined : 1),
  );
  return versions.flatMap((version) => {
    const lookup = catalog.lookup({ format: model.format, name: model.name, version, sku, scope }, on);
    const isAlive =
      lookup.kind === 'known' && lookup.answer.stage !== 'retired' && lookup.answer.skuListed !== 'unlisted';
    return isAlive ? [lookup.answer] : [];
  });
}
