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
  kind                  = "OpenAI"
  sku_name              = "S0"
  local_auth_enabled    = false
}

resource "azurerm_cognitive_deployment" "chat" {
  name                   = "chat"
  cognitive_account_id   = azurerm_cognitive_account.models.id
  version_upgrade_option = "OnceNewDefaultVersionAvailable"

  model {
    format  = "OpenAI"
    name    = "gpt-4o"
    version = "2024-05-13"
  }

  sku {
    name     = "Standard"
    capacity = 30
  }
}

resource "azurerm_cognitive_deployment" "summaries" {
  name                   = "summaries"
  cognitive_account_id   = azurerm_cognitive_account.models.id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "gpt-35-turbo"
    version = "0613"
  }

  sku {
    name     = "Standard"
    capacity = 30
  }
}

resource "azurerm_cognitive_deployment" "review" {
  name                   = "review"
  cognitive_account_id   = azurerm_cognitive_account.models.id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "gpt-4"
    version = "0613"
  }

  sku {
    name     = "Standard"
    capacity = 10
  }
}
