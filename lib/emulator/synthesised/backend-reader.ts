import { CircuitBreakerRule } from '../circuit-breaker';
import { GatewayBackend } from '../gateway-definition';
import { durationSeconds } from '../iso-duration';
import { blocksOf, SynthesisedResource } from './configuration';
import {
  attributeMissing,
  attributeUnresolved,
  durationUnreadable,
  notText,
  resourceNotRead,
  urlNotHttp,
} from './errors';
import { ResourceReader } from './resource-reader';

/** The domain of hosts that only an apply tells; nothing is ever sent there. */
const UNKNOWN_HOST = 'known-after-apply.invalid';

/** The `endpoint` of an account, with or without the slash at its end. */
const ENDPOINT = /^(?:trimsuffix\()?[\w.-]+(?:\[0\])?\.endpoint(?:\s*,\s*"\/"\))?$/;

/** A backend of the gateway; undefined, and problems, if it cannot be run. */
export function readBackend(reader: ResourceReader, resource: SynthesisedResource): GatewayBackend | undefined {
  const url = readUrl(reader, resource, 'url');
  if (blocksOf(resource.values.service_fabric_cluster).length > 0) {
    reader.problems.push(resourceNotRead(resource.address, 'service_fabric_cluster is not run'));
  }
  if (url === undefined) {
    reader.problems.push(attributeMissing(resource.address, 'url'));
    return undefined;
  }
  if (url !== '' && !/^https?:\/\/./i.test(url)) {
    reader.problems.push(urlNotHttp(resource.address, 'url', url));
  }
  const [rule] = blocksOf(resource.values.circuit_breaker_rule);
  return { url, ...(rule && { circuitBreaker: breakerOf(reader, resource, rule) }) };
}

/**
 * A URL of the service behind the gateway, undefined if there is none. Its host may be known after apply only, because
 * targets take its place; the path has to be in the file.
 */
export function readUrl(reader: ResourceReader, resource: SynthesisedResource, attribute: string): string | undefined {
  const given = resource.values[attribute] ?? undefined;
  if (given === undefined) {
    return undefined;
  }
  if (typeof given !== 'string') {
    reader.problems.push(notText(resource.address, attribute, given));
    return '';
  }
  let isKnown = true;
  const text = reader.configuration.fill(given, (expression, before) => {
    if (before === '' && ENDPOINT.test(expression)) {
      return `https://${UNKNOWN_HOST}/`;
    }
    if (/^https?:\/\/[^/?#]*$/i.test(before)) {
      return 'unknown';
    }
    isKnown = false;
    return '';
  });
  if (!isKnown) {
    reader.problems.push(attributeUnresolved(resource.address, attribute, given));
  }
  return text.replace(`${UNKNOWN_HOST}//`, `${UNKNOWN_HOST}/`);
}

function breakerOf(
  reader: ResourceReader,
  resource: SynthesisedResource,
  rule: Readonly<Record<string, unknown>>,
): CircuitBreakerRule {
  const [condition = {}] = blocksOf(rule.failure_condition);
  if (typeof condition.count !== 'number') {
    const reason = 'circuit_breaker_rule is run with failure_condition.count only, and percentage is not';
    reader.problems.push(resourceNotRead(resource.address, reason));
  }
  const seconds = (attribute: string, given: unknown): number => {
    const found = typeof given === 'string' ? durationSeconds(given) : undefined;
    if (found === undefined) {
      reader.problems.push(durationUnreadable(resource.address, `circuit_breaker_rule.${attribute}`, String(given)));
    }
    return found ?? 0;
  };
  return {
    failureCount: Number(condition.count),
    intervalSeconds: seconds('failure_condition.interval_duration', condition.interval_duration),
    statusCodeRanges: blocksOf(condition.status_code_range).map(({ min, max }) => ({
      min: Number(min),
      max: Number(max),
    })),
    errorReasons: Array.isArray(condition.error_reasons) ? condition.error_reasons.map(String) : [],
    tripSeconds: seconds('trip_duration', rule.trip_duration),
    acceptRetryAfter: rule.accept_retry_after_enabled === true,
  };
}
