import { ModelStage } from './model-stage';

/** Colours of one kind of box; text on fill has a contrast of 4.5:1 at least (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
export interface Colours {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

/** What is drawn in a colour of its own: the stages, and boxes that are no models. */
export type Painted = ModelStage | 'plain';

export const LIGHT: Readonly<Record<Painted, Colours>> = {
  preview: { fill: '#dbeafe', line: '#1d4ed8', text: '#1e3a8a' },
  'generally-available': { fill: '#dcfce7', line: '#15803d', text: '#14532d' },
  legacy: { fill: '#fef9c3', line: '#a16207', text: '#713f12' },
  deprecated: { fill: '#ffedd5', line: '#c2410c', text: '#7c2d12' },
  retired: { fill: '#fee2e2', line: '#b91c1c', text: '#7f1d1d' },
  unknown: { fill: '#f3f4f6', line: '#6b7280', text: '#374151' },
  plain: { fill: '#ffffff', line: '#57606a', text: '#1f2328' },
};

export const DARK: Readonly<Record<Painted, Colours>> = {
  preview: { fill: '#172554', line: '#60a5fa', text: '#dbeafe' },
  'generally-available': { fill: '#052e16', line: '#4ade80', text: '#dcfce7' },
  legacy: { fill: '#3a2a06', line: '#facc15', text: '#fef9c3' },
  deprecated: { fill: '#431407', line: '#fb923c', text: '#ffedd5' },
  retired: { fill: '#450a0a', line: '#f87171', text: '#fee2e2' },
  unknown: { fill: '#24292f', line: '#9ca3af', text: '#e5e7eb' },
  plain: { fill: '#161b22', line: '#8b949e', text: '#e6edf3' },
};

/** The page behind the boxes, the frames of groups, and what stands outside of boxes. */
export const PAGE = {
  light: { fill: '#ffffff', frame: '#f6f8fa', line: '#d0d7de', text: '#424a53', edge: '#57606a' },
  dark: { fill: '#0d1117', frame: '#10161d', line: '#30363d', text: '#b1bac4', edge: '#8b949e' },
} as const;
