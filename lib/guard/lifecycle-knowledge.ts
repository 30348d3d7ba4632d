import { IConstruct } from 'constructs';
import { ModelCatalog } from '../catalog/model-catalog';
import { CalendarDate } from '../contracts/calendar-date';
import { AppGuard } from './app-guard';
import { stackOf } from './host';
import { guardSettings } from './settings';

/** What a construct knows of models: the catalogue and the day by which the guard judges its stack. */
export interface LifecycleKnowledgeOfConstruct {
  readonly catalog: ModelCatalog;
  readonly asOf: CalendarDate;
}

/** To be asked at synthesis: until then the app may still be protected with other settings. */
export function lifecycleKnowledgeOf(construct: IConstruct): LifecycleKnowledgeOfConstruct {
  const stack = stackOf(construct);
  const settings = (stack && AppGuard.of(construct).settingsFor(stack)) ?? guardSettings();
  return { catalog: settings.catalog, asOf: settings.judgement.asOf };
}
