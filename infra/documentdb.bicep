// Azure DocumentDB (the former Cosmos DB for MongoDB vCore): a server that is always there, at a fixed price. What differs:
// docs/deploy.md.
param name string
param suffix string
param location string
param publicNetworkAccess string
param vaultName string
@secure()
param administratorPassword string

var administrator = 'medspill'

resource database 'Microsoft.DocumentDB/mongoClusters@2024-07-01' = {
  name: '${name}-${suffix}'
  location: location
  properties: {
    administrator: { userName: administrator, password: administratorPassword }
    serverVersion: '7.0'
    compute: { tier: 'M30' }
    storage: { sizeGb: 32 }
    sharding: { shardCount: 1 }
    highAvailability: { targetMode: 'Disabled' }
    publicNetworkAccess: publicNetworkAccess
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  resource databaseUri 'secrets' = {
    name: 'mongodb-uri'
    properties: {
      // Made here, since the cluster tells its address with a place for the name and the password.
      value: 'mongodb+srv://${administrator}:${uriComponent(administratorPassword)}@${database.name}.global.mongocluster.cosmos.azure.com/?tls=true&authMechanism=SCRAM-SHA-256&retrywrites=false'
    }
  }
}

output id string = database.id
output databaseName string = 'medspill'
