import { FakeBackend } from '../../emulator/support/fake-backend';
import { json } from '../../gateway/support/fake-azure-openai';

/** A span as it was exported. */
export interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

interface Attribute {
  readonly key: string;
  readonly value: AttributeValue;
}

type AttributeValue = { readonly arrayValue?: { readonly values: readonly AttributeValue[] } } & Record<
  string,
  unknown
>;

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly traceId: string;
        readonly attributes: readonly Attribute[];
      }[];
    }[];
  }[];
}

/** A collector of traces by OTLP over HTTP, in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export class FakeTraceCollector {
  private constructor(private readonly backend: FakeBackend) {}

  static async start(): Promise<FakeTraceCollector> {
    return new FakeTraceCollector(
      await FakeBackend.start(({ method, url }, response) =>
        json(response, method === 'POST' && url === '/v1/traces' ? 200 : 404, {}),
      ),
    );
  }

  get url(): string {
    return this.backend.url;
  }

  /** All that was exported, as it came. */
  get texts(): string[] {
    return this.backend.received.map(({ body }) => body);
  }

  spans(): ExportedSpan[] {
    return this.texts.flatMap((text) =>
      (JSON.parse(text) as Export).resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map(({ name, traceId, attributes }) => ({
            name,
            traceId,
            attributes: valuesOf(attributes),
            resource: valuesOf(resource.attributes),
          })),
        ),
      ),
    );
  }

  stop(): Promise<void> {
    return this.backend.stop();
  }
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

/** A value is an object with one member that says its type. */
function valueOf(value: AttributeValue): unknown {
  return value.arrayValue ? value.arrayValue.values.map(valueOf) : Object.values(value)[0];
}
