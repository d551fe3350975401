// The front door's name comes first: the API must know its own address, and the door must know the API's.
param name string
param suffix string

resource frontDoor 'Microsoft.Cdn/profiles@2025-06-01' = {
  name: '${name}-door'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: { originResponseTimeoutSeconds: 120 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' = {
  parent: frontDoor
  name: '${name}-${suffix}'
  location: 'global'
  properties: { enabledState: 'Enabled' }
}

output frontDoorName string = frontDoor.name
output frontDoorId string = frontDoor.properties.frontDoorId
output endpointName string = endpoint.name
output host string = endpoint.properties.hostName
output url string = 'https://${endpoint.properties.hostName}'
