terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

variable "account_id" {
  type = string
}

resource "azurerm_cognitive_deployment" "this" {
  name                   = "chat"
  cognitive_account_id   = var.account_id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "gpt-5.1"
    version = "2025-11-13"
  }

  sku {
    name     = "GlobalStandard"
    capacity = 50
  }
}
