import { dirname, isAbsolute, relative, sep } from 'node:path';
import { IConstruct } from 'constructs';

const FRAME = /^\s*at (?:.*\()?(?:file:\/\/)?(?<file>.+?):(?<line>\d+):\d+\)?$/;
const PACKAGE_FOLDER = dirname(__dirname) + sep;
const FRAMES_TO_KEEP = 40;

// On the construct itself, so that two copies of this package in one app see the same.
const SITE_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/declaration-site');

type Remembered = IConstruct & { [SITE_SYMBOL]?: Error };

/**
 * Remembers where the user's code is constructing this construct.
 * The trace is kept unformatted: formatting costs far more than capturing and is needed only for findings.
 */
export function rememberDeclarationSite(construct: IConstruct): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES_TO_KEEP;
  try {
    Object.defineProperty(construct, SITE_SYMBOL, { value: new Error(), configurable: true });
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** `file:line` of the user's code that declared the construct or the nearest construct above it. */
export function declarationSiteOf(construct: IConstruct): string | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const trace = (scope as Remembered)[SITE_SYMBOL];
    if (trace) {
      return firstUserFrame(trace.stack ?? '');
    }
  }
  return undefined;
}

function firstUserFrame(stack: string): string | undefined {
  for (const line of stack.split('\n').slice(1)) {
    const groups = FRAME.exec(line)?.groups;
    if (groups && isUserFile(groups.file!)) {
      return `${forDisplay(groups.file!)}:${groups.line}`;
    }
  }
  return undefined;
}

function isUserFile(file: string): boolean {
  return isAbsolute(file) && !file.startsWith(PACKAGE_FOLDER) && !file.includes(`${sep}node_modules${sep}`);
}

function forDisplay(file: string): string {
  const fromHere = relative(process.cwd(), file);
  const shown = fromHere.startsWith('..') ? file : fromHere;
  return shown.split(sep).join('/');
}
