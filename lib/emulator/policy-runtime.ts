import { PolicySection } from '../policy/policy-document';
import { PolicyValue } from '../policy/policy-value';
import { Backends } from './backend-call';
import { contextValue } from './context-value';
import { numericOf } from './csharp/arithmetic';
import { evaluate } from './csharp/evaluate';
import { ClrException } from './csharp/exceptions';
import { textOf } from './csharp/format';
import { Value } from './csharp/values';
import { EmulatorServices } from './emulator-services';
import { attributeInvalid, expressionFailure } from './errors';
import { GatewayDefinition } from './gateway-definition';
import { PolicyValues } from './policy-values';
import { PolicyScope, RequestState } from './request-state';
import { TokenCounters } from './token-counters';
import { ValueCache } from './value-cache';

/** What all requests of a gateway share. */
export interface GatewayRuntime {
  readonly gateway: GatewayDefinition;
  readonly services: EmulatorServices;
  readonly backends: Backends;
  readonly values: PolicyValues;
  readonly cache: ValueCache;
  readonly tokens: TokenCounters;
  /** Policies that are passed over. */
  readonly ignoredPolicies: ReadonlySet<string>;
}

/** How a list of policies ended: `returned` ends the pipeline. */
export type Completion = 'done' | 'returned';

/** Where a policy is being run. */
export interface Place {
  readonly section: PolicySection;
  readonly scope: PolicyScope;
  /** For instance `choose[0]/when[1]`. */
  readonly path: string;
  /** The scopes around this one, nearest first. */
  readonly outer: readonly PolicyScope[];
}

/** Works out the values of policies for one request. */
export class RequestValues {
  private readonly context: Value;

  constructor(
    readonly runtime: GatewayRuntime,
    readonly state: RequestState,
  ) {
    const { gateway, backends } = runtime;
    this.context = contextValue(state, gateway, () => backends.targetUrl(state), this.now);
  }

  /** The value: literal text is a string, an expression keeps its type. */
  async value(source: string, value: PolicyValue): Promise<Value> {
    const compiled = this.runtime.values.compile(value);
    if ('literal' in compiled) {
      return compiled.literal;
    }
    await this.loadBodies(compiled.bodies);
    const { random, newGuid } = this.runtime.services;
    try {
      return evaluate(compiled.syntax, this.context, { now: this.now, random, newGuid });
    } catch (error) {
      throw error instanceof ClrException ? expressionFailure(source, error.message) : error;
    }
  }

  /** The value as `ToString()` writes it; null is null. */
  async text(source: string, value: PolicyValue): Promise<string | null> {
    const result = await this.value(source, value);
    return result === null ? null : textOf(result);
  }

  async requiredText(source: string, attribute: string, value: PolicyValue): Promise<string> {
    const text = await this.text(source, value);
    if (text === null || text === '') {
      throw attributeInvalid(source, attribute, '', 'text');
    }
    return text;
  }

  async boolean(
    source: string,
    attribute: string,
    value: PolicyValue | undefined,
    otherwise: boolean,
  ): Promise<boolean> {
    const result = value === undefined ? otherwise : await this.value(source, value);
    if (typeof result === 'boolean') {
      return result;
    }
    const word = textOf(result).trim().toLowerCase();
    if (word !== 'true' && word !== 'false') {
      throw attributeInvalid(source, attribute, word, 'true or false');
    }
    return word === 'true';
  }

  async number(source: string, attribute: string, value: PolicyValue | undefined, otherwise: number): Promise<number> {
    const result = value === undefined ? null : await this.value(source, value);
    if (result === null) {
      return otherwise;
    }
    const number = numericOf(result);
    const text = textOf(result).trim();
    if (number === undefined && !/^\d+(?:\.\d+)?$/.test(text)) {
      throw attributeInvalid(source, attribute, text, 'a number');
    }
    return Number(number?.value ?? text);
  }

  private readonly now = (): number => this.runtime.services.clock.now();

  private async loadBodies(bodies: readonly ('request' | 'response')[]): Promise<void> {
    for (const owner of bodies) {
      const body = owner === 'request' ? this.state.request.body : this.state.response?.body;
      try {
        await body?.load();
      } catch (error) {
        throw (error as { code?: string }).code === undefined
          ? error
          : expressionFailure(owner, (error as Error).message);
      }
    }
  }
}
