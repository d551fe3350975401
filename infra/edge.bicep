// One address: /api goes to the function app, everything else to the tab. The tab is not linked to the API inside
// Static Web Apps, because that replaces the Authorization header (Azure/static-web-apps #34), which carries our token.
param frontDoorName string
param endpointName string
param apiHost string
param tabHost string

resource frontDoor 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: frontDoorName

  resource endpoint 'afdEndpoints' existing = {
    name: endpointName
  }
}

var sites = [
  { name: 'api', host: apiHost, patterns: ['/api/*'] }
  { name: 'tab', host: tabHost, patterns: ['/*'] }
]

resource groups 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = [
  for site in sites: {
    parent: frontDoor
    name: site.name
    properties: {
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 }
    }
  }
]

resource origins 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = [
  for (site, index) in sites: {
    parent: groups[index]
    name: site.name
    properties: {
      hostName: site.host
      originHostHeader: site.host
      httpsPort: 443
      enforceCertificateNameCheck: true
      enabledState: 'Enabled'
    }
  }
]

resource routes 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = [
  for (site, index) in sites: {
    parent: frontDoor::endpoint
    name: site.name
    dependsOn: [origins]
    properties: {
      originGroup: { id: groups[index].id }
      patternsToMatch: site.patterns
      supportedProtocols: ['Http', 'Https']
      httpsRedirect: 'Enabled'
      forwardingProtocol: 'HttpsOnly'
      linkToDefaultDomain: 'Enabled'
    }
  }
]
