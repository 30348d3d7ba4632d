import { Token } from 'cdktf';
import { formatRouteKey, parseRouteKey } from '../contracts/route-key';
import {
  modelFormatMalformed,
  modelKeyMalformed,
  modelNameMalformed,
  modelVersionFloating,
  modelVersionMalformed,
} from './errors';

const OPEN_AI = 'OpenAI';
const FORMAT_PATTERN = /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/;
const FLOATING_VERSIONS = ['latest', 'default', 'auto'];

/**
 * One exact version of a model: what a deployment is pinned to.
 *
 * It says nothing of lifecycle: whether a version is retired is a fact of the catalogue and depends on the date.
 * Each part may be a Terraform token; the guard then reports `model-unresolved`, because nothing can be checked.
 *
 * @example
 *
 * ModelVersion.openAi('gpt-5.1', '2025-11-13');
 */
export class ModelVersion {
  /**
   * A version of a model of format `OpenAI`.
   *
   * @param name - name as the model list gives it, for instance `gpt-5.1`
   * @param version - exact version as the model list gives it, for instance `2025-11-13`
   */
  public static openAi(name: string, version: string): ModelVersion {
    return new ModelVersion(OPEN_AI, name, version);
  }

  /**
   * A version of a model of any format.
   *
   * @param format - format (publisher) as the model list gives it, for instance `DeepSeek`
   * @param name - name as the model list gives it
   * @param version - exact version as the model list gives it; `latest`, `default` and `auto` are refused
   */
  public static of(format: string, name: string, version: string): ModelVersion {
    return new ModelVersion(format, name, version);
  }

  /**
   * Reads `name@version`, for instance `gpt-5.1@2025-11-13`.
   *
   * @param key - name and version joined by `@`
   * @param format - format (publisher) of the model; `OpenAI` if left out
   */
  public static parse(key: string, format?: string): ModelVersion {
    const parts = typeof key === 'string' ? key.split('@') : [];
    if (parts.length !== 2) {
      throw modelKeyMalformed(key);
    }
    return new ModelVersion(format ?? OPEN_AI, parts[0]!, parts[1]!);
  }

  /** Format (publisher), for instance `OpenAI`. */
  public readonly format: string;

  /** Name as a deployment gives it, for instance `gpt-5.1`. */
  public readonly name: string;

  /** Exact version, for instance `2025-11-13`. */
  public readonly version: string;

  private constructor(format: string, name: string, version: string) {
    if (!isToken(format) && !(typeof format === 'string' && FORMAT_PATTERN.test(format))) {
      throw modelFormatMalformed(format);
    }
    if (!isToken(name) && !(typeof name === 'string' && parseRouteKey(`${name}@0`))) {
      throw modelNameMalformed(name);
    }
    if (!isToken(version)) {
      if (!(typeof version === 'string' && parseRouteKey(`x@${version}`))) {
        throw modelVersionMalformed(name, version);
      }
      if (FLOATING_VERSIONS.includes(version.toLowerCase())) {
        throw modelVersionFloating(name, version);
      }
    }
    this.format = format;
    this.name = name;
    this.version = version;
    // Releases, deployments and routes that share it hash, name and compare it at different times.
    Object.freeze(this);
  }

  /** `name@version`: the word that routes, releases and the gateway share. */
  public get key(): string {
    return formatRouteKey({ name: this.name, version: this.version });
  }

  /** Whether format, name and version are all text now; if not, Terraform knows them later and nothing can be checked. */
  public get isResolved(): boolean {
    return ![this.format, this.name, this.version].some(isToken);
  }
}

function isToken(value: unknown): boolean {
  return Token.isUnresolved(value);
}
