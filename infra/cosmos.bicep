// Cosmos DB for MongoDB, serverless: paid by the request, sleeps for nothing. What differs: docs/deploy.md.
param name string
param suffix string
param location string
param publicNetworkAccess string
param vaultName string

resource database 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'MongoDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: false }]
    apiProperties: { serverVersion: '7.0' }
    capabilities: [
      { name: 'EnableMongo' }
      { name: 'EnableServerless' }
      // Our indexes on series.iCalUId, series.eventId, series.threadId and series.state.
      { name: 'EnableUniqueCompoundNestedDocs' }
    ]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous30Days' } }
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: publicNetworkAccess
    disableKeyBasedMetadataWriteAccess: false
  }

  resource medspill 'mongodbDatabases' = {
    name: 'medspill'
    properties: { resource: { id: 'medspill' } }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  // Cosmos DB's Mongo API knows no Entra sign-in: its connection string is the one secret there is.
  resource databaseUri 'secrets' = {
    name: 'mongodb-uri'
    properties: { value: database.listConnectionStrings().connectionStrings[0].connectionString }
  }
}

output id string = database.id
output databaseName string = database::medspill.name
