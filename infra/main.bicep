// All of Medspill in one resource group. What each setting means: docs/configuration.md; how to run this: docs/deploy.md.
targetScope = 'resourceGroup'

@description('Beginning of every name: small letters and digits.')
@minLength(3)
@maxLength(8)
param name string = 'medspill'

@description('Where the data lives: a region of the European Union.')
@allowed(['swedencentral', 'westeurope', 'northeurope', 'germanywestcentral', 'francecentral', 'italynorth'])
param location string = 'swedencentral'

@description('Entra tenants whose people may sign in; the app calls Graph in the first one.')
@minLength(1)
param tenantIds array

@description('Application (client) id of the app registration, from `npm run register`.')
@minLength(36)
@maxLength(36)
param clientId string

@description('Id of the app in the organisation\'s Teams catalogue. Until the app is published: the id in its manifest.')
@minLength(36)
@maxLength(36)
param teamsAppId string

@description('Clients of Microsoft that may ask for our tokens: Teams, Outlook and Microsoft 365.')
param microsoftClients array = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
  'd3590ed6-52b3-4102-aeff-aad2292ab01c'
  '0ec893e0-5785-4de6-99da-4ed124e5296c'
  '4765445b-32c6-49b0-83e6-1d93765276ca'
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3'
  '27922004-5251-4030-b22d-91ecd9a37ea4'
]

@description('Country whose public holidays are marked, ISO 3166-1 alpha-2.')
@minLength(2)
@maxLength(2)
param holidayCountry string = 'NO'

@description('Keeps database, keys and storage off the internet, behind private endpoints.')
param isPrivate bool = true

@description('cosmos: Cosmos DB for MongoDB, serverless. documentdb: Azure DocumentDB, a server of fixed size.')
@allowed(['cosmos', 'documentdb'])
param databaseKind string = 'cosmos'

@description('Password of the database server; only for documentdb.')
@secure()
param databasePassword string = ''

@description('Instances that are always warm; 0 costs less and answers the first request of the day slowly.')
@minValue(0)
@maxValue(5)
param alwaysReady int = 1

@description('Where alerts are sent.')
param alertMail string

var suffix = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-app'
  location: location
}

module watch 'watch.bicep' = {
  params: {
    name: name
    location: location
    publisherPrincipalId: identity.properties.principalId
    alertMail: alertMail
    healthUrl: '${edgeEntry.outputs.url}/api/health'
  }
}

module state 'state.bicep' = {
  params: {
    name: name
    suffix: suffix
    location: location
    principalId: identity.properties.principalId
    isPrivate: isPrivate
    databaseKind: databaseKind
    databasePassword: databasePassword
  }
}

module network 'network.bicep' = if (isPrivate) {
  params: {
    name: name
    location: location
    databaseId: state.outputs.databaseId
    databaseKind: databaseKind
    vaultId: state.outputs.vaultId
    storageId: state.outputs.storageId
  }
}

module edgeEntry 'edge-entry.bicep' = {
  params: {
    name: name
    suffix: suffix
  }
}

module app 'app.bicep' = {
  params: {
    name: name
    suffix: suffix
    location: location
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: state.outputs.storageName
    subnetId: isPrivate ? network!.outputs.appSubnetId : ''
    frontDoorId: edgeEntry.outputs.frontDoorId
    alwaysReady: alwaysReady
    settings: {
      TENANT_IDS: join(tenantIds, ',')
      CLIENT_ID: clientId
      // Nested app auth in Outlook gives tokens in our own name.
      ALLOWED_CLIENTS: join(concat(microsoftClients, [clientId]), ',')
      MANAGED_IDENTITY_CLIENT_ID: identity.properties.clientId
      ENTRA_URL: 'https://login.microsoftonline.com'
      GRAPH_URL: 'https://graph.microsoft.com'
      MONGODB_URI: '@Microsoft.KeyVault(SecretUri=${state.outputs.databaseSecretUri})'
      MONGODB_DATABASE: state.outputs.databaseName
      WEB_PUBSUB_URL: 'https://${state.outputs.webPubSubHost}'
      WEB_PUBSUB_HUB: 'reviews'
      KEY_VAULT_URL: state.outputs.vaultUri
      SIGNING_KEY: state.outputs.signingKeyName
      WRAPPING_KEY: state.outputs.wrappingKeyName
      PUBLIC_URL: edgeEntry.outputs.url
      TEAMS_APP_ID: teamsAppId
      HOLIDAY_COUNTRY: holidayCountry
      APPLICATIONINSIGHTS_CONNECTION_STRING: watch.outputs.connectionString
    }
  }
}

module edge 'edge.bicep' = {
  params: {
    frontDoorName: edgeEntry.outputs.frontDoorName
    endpointName: edgeEntry.outputs.endpointName
    apiHost: app.outputs.apiHost
    tabHost: app.outputs.tabHost
  }
}

@description('Host of the tab and the API: TAB_DOMAIN in env/.')
output tabDomain string = edgeEntry.outputs.host
@description('Where `npm run deploy` puts api/dist.')
output functionAppName string = app.outputs.functionAppName
@description('Where `npm run deploy` puts tab/dist.')
output staticWebAppName string = app.outputs.staticWebAppName
@description('Subject of the federated credential on the app registration.')
output identityPrincipalId string = identity.properties.principalId
