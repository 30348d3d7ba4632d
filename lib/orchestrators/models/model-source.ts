import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { ModelVersion } from '../../accounts/model-version';
import type { ConnectedIdentity } from '../container-app/app-identity';
import type { EnvironmentVariable } from '../container-app/environment-variable';
import type { WantedModel } from '../release-errors';

/** A model version in the role that an app calls it in. */
export interface RoleBinding {
  readonly role: string;
  readonly model: ModelVersion;
}

/** An app that calls models. */
export interface ModelConsumer {
  readonly app: Construct;
  /** What errors call it. */
  readonly title: string;
  readonly identity: ConnectedIdentity;
  readonly bindings: readonly RoleBinding[];
}

/** What an app is told of its models, and what has to be there before it calls them. */
export interface ModelConnection {
  readonly variables: readonly EnvironmentVariable[];
  readonly waitFor: readonly TerraformResource[];
}

/** Where an app finds models. */
export interface ModelSource {
  /** @throws if it does not offer exactly the version of each binding */
  connect(consumer: ModelConsumer): ModelConnection;
}

/** As errors list it. */
export function describeModel({ isResolved, format, key }: ModelVersion): string {
  return isResolved ? `${format} ${key}` : 'a version that only Terraform knows';
}

export function wantedModel({ title }: ModelConsumer, { role, model }: RoleBinding): WantedModel {
  return { consumer: title, role, format: model.format, key: model.key };
}
