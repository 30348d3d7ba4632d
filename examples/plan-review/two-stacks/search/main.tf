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

data "azurerm_cognitive_account" "models" {
  name                = "contoso-models"
  resource_group_name = "rg-models"
}

resource "azurerm_cognitive_deployment" "embeddings" {
  name                   = "embeddings"
  cognitive_account_id   = data.azurerm_cognitive_account.models.id
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "text-embedding-3-large"
    version = "1"
  }

  sku {
    name     = "GlobalStandard"
    capacity = 100
  }
}
