import { context, propagation, Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { CompletionUsage } from 'openai/resources/completions';
import { ROLE, routeKey } from './manifest';
import type { ModelClient } from './model-client';
import type { VerifiedRelease } from './release';

/**
 * Traces go where `OTEL_EXPORTER_OTLP_ENDPOINT` says, and nowhere without it; the exporter and the processor read their other
 * variables themselves. `OTEL_RESOURCE_ATTRIBUTES` names the release for every span.
 */
export function startTelemetry(endpoint: string | undefined): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: endpoint === undefined ? [] : [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown();
}

/** What a model answered with. */
export interface ModelAnswer {
  readonly id?: string;
  readonly model?: string;
  readonly finishReason?: string;
  readonly usage?: CompletionUsage | null;
}

/**
 * One call of the model as a span, by the conventions for generative AI; what a user or the model wrote is not recorded.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-spans.md
 */
export class ChatSpan {
  private constructor(private readonly span: Span) {}

  /** `headers` are those of the request, whose trace the span belongs to. */
  static start(
    { id, label, manifest }: VerifiedRelease,
    { model: requested, address }: ModelClient,
    streamed: boolean,
    headers: unknown,
  ): ChatSpan {
    const { config, ...model } = manifest.models[ROLE]!;
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': model.format === 'OpenAI' ? 'azure.ai.openai' : 'azure.ai.inference',
      'gen_ai.request.model': requested,
      'gen_ai.request.stream': streamed,
      'gen_ai.request.temperature': config.temperature,
      'gen_ai.request.top_p': config.topP,
      'gen_ai.request.max_tokens': config.maxOutputTokens,
      'gen_ai.request.seed': config.seed,
      'gen_ai.request.stop_sequences': config.stop && [...config.stop],
      'gen_ai.request.presence_penalty': config.presencePenalty,
      'gen_ai.request.frequency_penalty': config.frequencyPenalty,
      'server.address': address.hostname,
      'server.port': Number(address.port || (address.protocol === 'https:' ? 443 : 80)),
      'release.id': id,
      'release.label': label,
      'release.orchestration': manifest.orchestration,
      'release.model': routeKey(manifest.models[ROLE]!),
    };
    const parent = propagation.extract(context.active(), headers);
    const tracer = trace.getTracer('orchestrator');
    return new ChatSpan(tracer.startSpan(`chat ${requested}`, { kind: SpanKind.CLIENT, attributes }, parent));
  }

  /** Runs what belongs to the span. */
  within<Result>(work: () => Promise<Result>): Promise<Result> {
    return context.with(trace.setSpan(context.active(), this.span), work);
  }

  answered({ id, model, finishReason, usage }: ModelAnswer): void {
    this.span.setAttributes({
      'gen_ai.response.id': id,
      'gen_ai.response.model': model,
      'gen_ai.response.finish_reasons': finishReason === undefined ? undefined : [finishReason],
      'gen_ai.usage.input_tokens': usage?.prompt_tokens,
      'gen_ai.usage.output_tokens': usage?.completion_tokens,
    });
    this.span.end();
  }

  failed(code: string): void {
    this.span.setAttribute('error.type', code);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}
