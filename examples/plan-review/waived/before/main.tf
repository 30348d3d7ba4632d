terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "models" {
  name     = "rg-models"
  location = "swedencentral"
}

resource "azurerm_cognitive_account" "models" {
  name                  = "contoso-models"
  custom_subdomain_name = "contoso-models"
  resource_group_name   = azurerm_resource_group.models.name
  location              = azurerm_resource_group.models.location
  kind                  = "AIServices"
  sku_name              = "S0"
  local_auth_enabled    = false
}

resource "azurerm_cognitive_deployment" "chat" {
  name                   = "chat"
  cognitive_account_id   = azurerm_cognitive_account.models.id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "gpt-5.6-sol"
    version = "2026-07-09"
  }

  sku {
    name     = "GlobalStandard"
    capacity = 50
  }
}

resource "azurerm_cognitive_deployment" "extraction" {
  name                   = "extraction"
  cognitive_account_id   = azurerm_cognitive_account.models.id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "o4-mini"
    version = "2025-04-16"
  }

  sku {
    name     = "GlobalStandard"
    capacity = 30
  }
}
