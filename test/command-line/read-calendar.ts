/** A component of an iCalendar file (RFC 5545, section 3.6). */
export interface Component {
  readonly name: string;
  /** Values by property, parameters with the name: `DTSTART;VALUE=DATE`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly components: readonly Component[];
}

interface GrowingComponent extends Component {
  readonly properties: Map<string, string>;
  readonly components: GrowingComponent[];
}

const LONGEST_LINE = 75;

/** Read by the RFC and not by what was written. @throws if a line is none, too long, or components do not nest */
export function readCalendar(text: string): Component {
  const physical = text.split('\r\n');
  if (physical.pop() !== '' || physical.some((line) => /[\r\n]/.test(line))) {
    throw new Error('a line does not end with CRLF');
  }
  const long = physical.find((line) => Buffer.byteLength(line) > LONGEST_LINE);
  if (long !== undefined) {
    throw new Error(`more than ${LONGEST_LINE} octets: ${long}`);
  }
  const lines = text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .slice(0, -1);
  const open: GrowingComponent[] = [{ name: '', properties: new Map(), components: [] }];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+(?:;[A-Z-]+=[^:;,]+)*):(.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined || /[\0-\x08\x0b-\x1f\x7f]/.test(value)) {
      throw new Error(`no content line: ${line}`);
    }
    const current = open.at(-1)!;
    if (name === 'BEGIN') {
      const inner = { name: value, properties: new Map<string, string>(), components: [] };
      current.components.push(inner);
      open.push(inner);
    } else if (name === 'END') {
      if (open.pop()!.name !== value) {
        throw new Error(`END:${value} ends ${current.name}`);
      }
    } else {
      if (current.properties.has(name)) {
        throw new Error(`${name} is there twice`);
      }
      current.properties.set(name, value);
    }
  }
  if (open.length !== 1 || open[0]!.components.length !== 1) {
    throw new Error('not one calendar');
  }
  return open[0]!.components[0]!;
}

/** The text that a TEXT value stands for (RFC 5545, section 3.3.11). @throws if a sign is not escaped that has to be */
export function textOf(value: string): string {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value.replace(/\\[\\;,nN]/g, ''))) {
    throw new Error(`not escaped: ${value}`);
  }
  return value.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
}
