// What must not be lost: the database, the keys of the records, the queue; and the bell beside them.
param name string
param suffix string
param location string
param principalId string
param isPrivate bool
@allowed(['cosmos', 'documentdb'])
param databaseKind string
@secure()
param databasePassword string

var publicNetworkAccess = isPrivate ? 'Disabled' : 'Enabled'
var isCosmos = databaseKind == 'cosmos'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: '${name}-${suffix}'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // A lost wrapping key is every record lost.
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: publicNetworkAccess
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }

  resource signing 'keys' = {
    name: 'record-signing'
    properties: { kty: 'EC', curveName: 'P-256', keyOps: ['sign', 'verify'] }
  }

  resource wrapping 'keys' = {
    name: 'record-wrapping'
    properties: { kty: 'RSA', keySize: 3072, keyOps: ['wrapKey', 'unwrapKey'] }
  }
}

module cosmos 'cosmos.bicep' = if (isCosmos) {
  params: {
    name: name
    suffix: suffix
    location: location
    publicNetworkAccess: publicNetworkAccess
    vaultName: vault.name
  }
}

module documentDb 'documentdb.bicep' = if (!isCosmos) {
  params: {
    name: name
    suffix: suffix
    location: location
    publicNetworkAccess: publicNetworkAccess
    vaultName: vault.name
    administratorPassword: databasePassword
  }
}

resource databaseUri 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = {
  parent: vault
  name: 'mongodb-uri'
}

resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: '${name}${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource releases 'containers' = {
      name: 'releases'
    }
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource notices 'queues' = {
      name: 'notices'
    }

    resource poison 'queues' = {
      name: 'notices-poison'
    }
  }
}

resource webPubSub 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: '${name}-${suffix}'
  location: location
  sku: { name: 'Standard_S1', tier: 'Standard', capacity: 1 }
  properties: {
    disableLocalAuth: true
    tls: { clientCertEnabled: false }
  }

  resource reviews 'hubs' = {
    name: 'reviews'
    properties: { anonymousConnectPolicy: 'deny' }
  }
}

// Built-in roles (Azure built-in roles, Microsoft Learn).
var keyVaultCryptoUser = '12338af0-0e69-4776-bea7-57ae8d297424'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var webPubSubServiceOwner = '12cf5a90-567b-43ae-8102-96cf46c7d9b4'

resource signs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultCryptoUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultCryptoUser)
  }
}

resource readsSecret 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: databaseUri
  dependsOn: [cosmos, documentDb]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource ownsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, storageBlobDataOwner)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

resource usesQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, storageQueueDataContributor)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataContributor)
  }
}

resource ringsBell 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(webPubSub.id, principalId, webPubSubServiceOwner)
  scope: webPubSub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', webPubSubServiceOwner)
  }
}

output databaseId string = isCosmos ? cosmos!.outputs.id : documentDb!.outputs.id
output databaseName string = isCosmos ? cosmos!.outputs.databaseName : documentDb!.outputs.databaseName
// Without a version: the newest is read, so that a changed password needs a restart and no deployment.
output databaseSecretUri string = '${vault.properties.vaultUri}secrets/${databaseUri.name}'
output vaultId string = vault.id
output vaultUri string = vault.properties.vaultUri
output signingKeyName string = vault::signing.name
output wrappingKeyName string = vault::wrapping.name
output storageId string = storage.id
output storageName string = storage.name
output webPubSubHost string = webPubSub.properties.hostName
