// Logs, and mail to somebody when people are likely to notice.
param name string
param location string
param publisherPrincipalId string
param alertMail string
param healthUrl string

resource logs 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${name}-logs'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 90 }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource publishes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, publisherPrincipalId, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [{ name: 'mail', emailAddress: alertMail, useCommonAlertSchema: true }]
  }
}

resource health 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-health'
  location: location
  kind: 'standard'
  tags: { 'hidden-link:${insights.id}': 'Resource' }
  properties: {
    Name: '${name}-health'
    SyntheticMonitorId: '${name}-health'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    // West Europe, North Europe, UK South.
    Locations: [{ Id: 'emea-nl-ams-azr' }, { Id: 'emea-gb-db3-azr' }, { Id: 'emea-ru-msa-edge' }]
    Request: { RequestUrl: healthUrl, HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource unhealthy 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-unhealthy'
  location: 'global'
  properties: {
    description: 'The health route has failed from two places.'
    severity: 1
    enabled: true
    scopes: [health.id, insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: people.id }]
  }
}

var queries = [
  {
    name: 'failing'
    description: 'More than one in fifty requests has failed with a fault of ours.'
    severity: 2
    query: 'AppRequests | summarize all = count(), bad = countif(toint(ResultCode) >= 500) | where all >= 20 and bad * 50 > all'
  }
  {
    name: 'slow'
    description: 'One request in twenty has taken more than three seconds.'
    severity: 3
    query: 'AppRequests | where OperationName !in ("sweep", "daily", "sendNotice") | summarize all = count(), p95 = percentile(DurationMs, 95) | where all >= 20 and p95 > 3000'
  }
  {
    name: 'jobs'
    description: 'The sweep, the daily round or a notice keeps failing.'
    severity: 2
    query: 'AppRequests | where OperationName in ("sweep", "daily", "sendNotice") and Success == false | summarize bad = count() by OperationName | where bad >= 3'
  }
  {
    name: 'sweepless'
    description: 'The sweep has not run for half an hour: nothing is sent and no booking goes on.'
    severity: 1
    query: 'AppRequests | where OperationName == "sweep" | summarize runs = count() | where runs == 0'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in queries: {
    name: '${name}-${rule.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [logs.id]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      // The tables come with the first logs.
      skipQueryValidation: true
      criteria: {
        allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]

output connectionString string = insights.properties.ConnectionString
