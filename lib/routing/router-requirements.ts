import { routerLacks } from './errors';
import { ReleaseRouterKind, RouterCapabilities, RouterSplit, RouterStickiness } from './router-capabilities';
import { capabilitiesOf, ROUTER_MATRIX } from './router-matrix';

/** What is asked of a router. */
export interface RouterRequirements {
  /** Shares in percent of what it has to split. */
  readonly shares: readonly number[];
  readonly override: boolean;
  readonly conversationPin: boolean;
  readonly mirror: boolean;
  readonly stickiness: RouterStickiness;
}

/** A requirement in words, and which routers meet it. */
interface Requirement {
  readonly words: string;
  readonly isMetBy: (router: RouterCapabilities) => boolean;
}

const WEAKEST_FIRST = Object.values(RouterStickiness);

/** @throws if the kind cannot do what is asked; the message names the kinds that can */
export function requireCapabilities(path: string, kind: ReleaseRouterKind, asked: RouterRequirements): void {
  const router = capabilitiesOf(kind);
  const missing = requirementsOf(asked).filter(({ isMetBy }) => !isMetBy(router));
  if (missing.length > 0) {
    throw routerLacks(
      path,
      router,
      missing.map(({ words, isMetBy }) => ({ words, able: ROUTER_MATRIX.filter(isMetBy) })),
    );
  }
}

function requirementsOf({ shares, override, conversationPin, mirror, stickiness }: RouterRequirements): Requirement[] {
  return [
    { words: 'split users between different apps', isMetBy: ({ split }) => split === RouterSplit.ANY_APPS },
    ...shares.map((share) => ({
      words: `give an app a share of ${share} %`,
      isMetBy: ({ splitStepPercent: step }: RouterCapabilities) => step !== undefined && isMultiple(share, step),
    })),
    ...(override ? [{ words: 'let a header override the release', isMetBy: can('headerOverride') }] : []),
    ...(conversationPin ? [{ words: 'pin conversations to their release', isMetBy: can('conversationPin') }] : []),
    ...(mirror ? [{ words: 'mirror requests', isMetBy: can('mirror') }] : []),
    {
      words: `keep users on a release by stickiness '${stickiness}'`,
      isMetBy: (router) => WEAKEST_FIRST.indexOf(router.stickiness) >= WEAKEST_FIRST.indexOf(stickiness),
    },
  ];
}

function can(capability: 'headerOverride' | 'conversationPin' | 'mirror'): Requirement['isMetBy'] {
  return (router) => router[capability];
}

function isMultiple(share: number, step: number): boolean {
  return Math.abs(share / step - Math.round(share / step)) < 1e-6;
}
