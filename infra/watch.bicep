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

// Fields of our own events (docs/runbook.md), which the API sends through OpenTelemetry.
var requests = 'AppEvents | where Name == "request" | extend p = parse_json(Properties)'
var jobs = 'AppEvents | where Name == "job" | extend p = parse_json(Properties)'

var queries = [
  {
    name: 'failing'
    description: 'More than one in fifty requests has failed with a fault of ours.'
    severity: 2
    query: '${requests} | summarize all = count(), bad = countif(toint(p.status) >= 500) | where all >= 20 and bad * 50 > all'
  }
  {
    name: 'slow'
    description: 'One request in twenty has taken more than three seconds.'
    severity: 3
    query: '${requests} | summarize all = count(), p95 = percentile(todouble(p.ms), 95) | where all >= 20 and p95 > 3000'
  }
  {
    name: 'throttled'
    description: 'The database keeps telling us to wait.'
    severity: 3
    query: '${requests} | summarize calls = sum(toint(p.databaseCalls)), again = sum(toint(p.databaseRetries)) | where again >= 100 and again * 20 > calls'
  }
  {
    name: 'consent'
    description: 'Microsoft 365 refuses calls for want of consent.'
    severity: 2
    query: '${requests} | where tostring(p.outcome) == "consent_required" | summarize bad = count() | where bad >= 5'
  }
  {
    name: 'jobs'
    description: 'The sweep, the daily round or a notice keeps failing.'
    severity: 2
    query: '${jobs} | where tostring(p.outcome) == "fault" | summarize bad = count() by job = tostring(p.job) | where bad >= 3'
  }
  {
    name: 'sweepless'
    description: 'The sweep has not run for half an hour: nothing is sent and no booking goes on.'
    severity: 1
    query: '${jobs} | where tostring(p.job) == "sweep" | summarize runs = count() | where runs == 0'
  }
  {
    name: 'outbox'
    description: 'Something has waited in an outbox for more than an hour.'
    severity: 2
    query: '${jobs} | where tostring(p.job) == "sweep" | summarize oldest = max(toint(p.outboxSeconds)) | where oldest > 3600'
  }
  {
    name: 'unwatched'
    description: 'Calendars are about to end being watched: the daily round has not renewed them.'
    severity: 3
    query: '${jobs} | where tostring(p.job) == "sweep" | summarize least = min(toint(p.subscriptionsEnding)) | where least > 0'
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

resource overview 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, '${name}-overview')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Medspill'
    category: 'workbook'
    sourceId: logs.id
    serializedData: loadTextContent('workbook.json')
  }
}

output connectionString string = insights.properties.ConnectionString
