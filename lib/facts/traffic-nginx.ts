import { NGINX_ROUTER_ENVIRONMENT } from '../contracts/nginx-router-environment';
import { BUCKETS } from '../contracts/traffic-bucket';
import { isReleaseStage, isRoutedLabel, ReleaseStageWord } from '../contracts/traffic-row';
import { known, unknown } from './attribute';
import { expressionOf } from './block';
import { resolveValue } from './expression';
import { holdsExpression, PolicyText } from './gateway-policy-text';
import { Instance } from './instances';
import { Container, ContainerApp, ContainerVariable } from './release-container';
import { StackReferences } from './stack-references';
import { AppFinder } from './traffic-apps';
import { RoutedRow, RouterFact } from './traffic-facts';
import { nginxKillSwitch } from './traffic-kill-switch';
import { allDirectives, NginxDirective, readNginxConfig } from './traffic-nginx-config';
import { unreadNginxParts } from './traffic-nginx-parts';
import { Unresolved } from './unresolved';

const { configuration: VARIABLE, killSwitch: KILL_SWITCH } = NGINX_ROUTER_ENVIRONMENT;

/** What the router's configuration calls the position of its kill switch. */
const POSITION = '$kill_switch';

/** Two decimals at most, and not nothing: https://nginx.org/en/docs/http/ngx_http_split_clients_module.html */
const PERCENTAGE = /^(?<whole>\d{1,3})(?:\.(?<part>\d{1,2}))?%$/;

/** The routers among container apps that run nginx with a configuration from their environment. */
export function nginxRouters(
  app: ContainerApp,
  { references, apps, hasReleases }: { references: StackReferences; apps: AppFinder; hasReleases: boolean },
): RouterFact[] {
  return app.containers.flatMap(({ variables }): RouterFact[] => {
    const variable = variables.get(VARIABLE);
    if (variable === undefined) {
      return [];
    }
    const router = { origin: app.origin, path: variable.path, kind: 'nginx' as const, rows: [] };
    const source = sourceOf(variable, app.instance);
    if (!(source instanceof PolicyText)) {
      return hasReleases ? [{ ...router, unread: source.unread, isUncertain: true }] : [];
    }
    const reading = readNginxConfig(source.text);
    if ('problem' in reading) {
      const unread = `cannot be read as a configuration of nginx: ${reading.problem}`;
      return source.text.includes('split_clients') ? [{ ...router, unread }] : [];
    }
    const directives = allDirectives(reading.directives);
    const hasKillSwitch = directives.some(({ words: [name, , position] }) => name === 'map' && position === POSITION);
    const killSwitch = hasKillSwitch ? nginxKillSwitch(variables.get(KILL_SWITCH), app) : undefined;
    const restore = (word: string) => references.textOf(source.restore(word), app.instance) ?? word;
    const splits = new NginxSplits(directives, restore, apps);
    const parts = unreadNginxParts(reading.directives, { ...splits.read(), restore });
    return splits
      .all()
      .map((split) => ({ ...router, ...split, ...(killSwitch && { killSwitch }), unreadParts: parts }));
  });
}

/** Whether a container is given a configuration of nginx that cannot be read. */
export function hidesNginx({ variables }: Container, instance: Instance): boolean {
  const variable = variables.get(VARIABLE);
  return variable !== undefined && !(sourceOf(variable, instance) instanceof PolicyText);
}

function sourceOf(
  { value, isSecret, isRepeated }: ContainerVariable,
  { scope }: Instance,
): PolicyText | { unread: string } {
  if (isRepeated) {
    return { unread: `is given ${VARIABLE} twice` };
  }
  if (isSecret) {
    return { unread: `takes ${VARIABLE} from a secret` };
  }
  const written = typeof value === 'string' ? PolicyText.of(value) : undefined;
  const resolved = written ?? resolveValue(value, scope);
  const text = typeof resolved === 'string' ? PolicyText.of(resolved) : resolved;
  return text instanceof PolicyText
    ? text
    : { unread: `has a ${VARIABLE} that cannot be read before Terraform runs (${shown(resolved)})` };
}

function shown(value: unknown): string {
  return value instanceof Unresolved ? value.expression : expressionOf(value);
}

type Split = Pick<RouterFact, 'rows' | 'salt' | 'unread' | 'isUncertain'>;

/** A block with the first word behind its name, and the words of each line in it. */
interface NamedBlock {
  readonly subject: string;
  readonly entries: readonly (readonly string[])[];
}

interface Share {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** The `split_clients` of one configuration, and what its `map` blocks say of the labels. */
class NginxSplits {
  private readonly maps: readonly ReadonlyMap<string, string>[];
  private readonly stages: ReadonlyMap<string, string>;
  /** Maps that say where labels lead. */
  private readonly places: readonly ReadonlyMap<string, string>[];

  constructor(
    private readonly directives: readonly NginxDirective[],
    private readonly restore: (word: string) => string,
    private readonly apps: AppFinder,
  ) {
    this.maps = this.blocksNamed('map').map(
      ({ entries }) => new Map(entries.map(([key = '', value = '']) => [key, value])),
    );
    this.stages = this.maps.find(isOfStages) ?? new Map();
    this.places = this.maps.filter((map) =>
      [...map].some(([key, value]) => isRoutedLabel(key) && /[.:]/.test(this.restore(value))),
    );
  }

  /** Where stages of releases are told and nothing splits users, the split lies in a file that is included, or is gone. */
  all(): Split[] {
    const splits = this.blocksNamed('split_clients').filter(({ entries }) => splitsUsers(entries));
    return splits.length === 0 && this.stages.size > 0
      ? [{ rows: [], unread: 'has releases and no split_clients that sends users to them', isUncertain: true }]
      : splits.map((split) => this.split(split));
  }

  /** Which directives the shares are read from, and which release the rest and everybody in an emergency goes to. */
  read(): { readonly splits: ReadonlySet<NginxDirective>; readonly stable?: string } {
    const splits = this.directives.filter(
      ({ words, block }) =>
        words[0] === 'split_clients' && block !== undefined && splitsUsers(block.map((entry) => entry.words)),
    );
    const stable = [...this.stages].find(([, stage]) => stage === 'stable')?.[0];
    return { splits: new Set(splits), ...(stable !== undefined && { stable }) };
  }

  private blocksNamed(name: string): NamedBlock[] {
    return this.directives
      .filter(({ words, block }) => words[0] === name && block !== undefined)
      .map(({ words: [, subject = ''], block }) => ({ subject, entries: block!.map(({ words }) => words) }));
  }

  private split({ subject, entries }: NamedBlock): Split {
    const shares = sharesOf(entries);
    if ('unread' in shares) {
      return { rows: [], unread: shares.unread };
    }
    const labels = new Set(shares.map(({ label }) => label));
    const others = [...this.stages.keys()].filter((label) => isRoutedLabel(label) && !labels.has(label));
    const all = [...shares, ...others.map((label) => ({ label, from: 0, to: 0 }))];
    const salt = this.restore(subject);
    return {
      rows: all.filter(({ label }) => isRoutedLabel(label)).map((share) => this.row(share)),
      salt: holdsExpression(subject) && salt.includes('${') ? unknown(salt) : known(salt),
    };
  }

  private row(share: Share): RoutedRow {
    const stage = this.stages.get(share.label) as ReleaseStageWord | undefined;
    return { ...share, ...(stage !== undefined && { stage }), ...this.target(share.label) };
  }

  /** What a map says of a label is where it goes, if that looks like a place; a map that says it of others has to say it. */
  private target(label: string): Pick<RoutedRow, 'target' | 'app' | 'elsewhere'> {
    const { places } = this;
    const given = places.flatMap((map) => map.get(label) ?? map.get('default') ?? []).map(this.restore);
    return given.length > 0
      ? { target: 'declared', ...this.apps.rowOf(label, given) }
      : { target: places.length > 0 ? 'missing' : 'unknown' };
  }
}

function isOfStages(map: ReadonlyMap<string, string>): boolean {
  const ofLabels = [...map].filter(([key]) => isRoutedLabel(key));
  return ofLabels.length > 0 && ofLabels.every(([, value]) => isReleaseStage(value));
}

/** A copy of some requests goes to a release, and the rest says so by an empty text: that splits no users. */
function splitsUsers(entries: readonly (readonly string[])[]): boolean {
  return entries.some(([, label = '']) => isRoutedLabel(label)) && entries.every(([, label]) => label !== '');
}

/** Percentages add up in the order in which they stand; `*` takes all that is left, and nothing behind it is reached. */
function sharesOf(entries: readonly (readonly string[])[]): Share[] | { readonly unread: string } {
  const shares: Share[] = [];
  let from = 0;
  for (const [percentage = '', label = ''] of entries) {
    const { whole, part = '' } = PERCENTAGE.exec(percentage)?.groups ?? {};
    const points = percentage === '*' ? BUCKETS - from : Number(whole) * 100 + Number(part.padEnd(2, '0'));
    if (!(points > 0) && percentage !== '*') {
      return { unread: `has a split_clients that nginx refuses: '${percentage}' is no percentage above 0` };
    }
    if (from + points > BUCKETS) {
      return { unread: 'has a split_clients that nginx refuses: its percentages add up to more than 100%' };
    }
    shares.push({ label, from, to: from + points });
    from += points;
  }
  return shares;
}
