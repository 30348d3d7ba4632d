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
