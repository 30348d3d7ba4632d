import { ResourceKind } from '../resource-kind';
import { apiManagementApiKinds } from './api-management-apis';
import { apiManagementPolicyKinds } from './api-management-policies';
import { apiManagementService } from './api-management-service';
import { apiManagementTelemetryKinds } from './api-management-telemetry';
import { azapiKinds } from './azapi';
import { cognitiveKinds } from './cognitive';
import { containerAppKinds } from './container-apps';
import { networkKinds } from './network';
import { platformKinds } from './platform';
import { registryAndSearchKinds } from './registry-and-search';
import { storageKinds } from './storage';
import { templateDeploymentKinds } from './template-deployment';

/** Every resource type that can be planned and applied; a new area is one more file and one more line. */
export const resourceKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_api_management: apiManagementService,
  ...apiManagementApiKinds,
  ...apiManagementPolicyKinds,
  ...apiManagementTelemetryKinds,
  ...azapiKinds,
  ...cognitiveKinds,
  ...containerAppKinds,
  ...networkKinds,
  ...platformKinds,
  ...registryAndSearchKinds,
  ...storageKinds,
  ...templateDeploymentKinds,
};
