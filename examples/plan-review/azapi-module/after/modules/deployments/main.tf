terraform {
  required_providers {
    azapi = {
      source = "azure/azapi"
    }
  }
}

variable "account_id" {
  type = string
}

variable "deployments" {
  type = map(object({
    name           = string
    model          = string
    version        = string
    capacity       = optional(number, 50)
    upgrade_option = optional(string, "OnceNewDefaultVersionAvailable")
  }))
}

resource "azapi_resource" "deployment" {
  for_each = var.deployments

  type      = "Microsoft.CognitiveServices/accounts/deployments@2025-06-01"
  name      = each.value.name
  parent_id = var.account_id

  body = {
    sku = {
      name     = "GlobalStandard"
      capacity = each.value.capacity
    }
    properties = {
      model = {
        format  = "OpenAI"
        name    = each.value.model
        version = each.value.version
      }
      versionUpgradeOption = each.value.upgrade_option
    }
  }
}
