# Limits what Medspill may do as itself to the calendars of managers, and lets it find the chats of their meetings.
# Run in PowerShell 7 as Exchange and Teams administrator:
#   Install-Module ExchangeOnlineManagement, MicrosoftTeams, Microsoft.Graph.Applications -Scope CurrentUser
#   ./infra/limit-calendars.ps1 -ClientId <CLIENT_ID> -ObjectId <object id of the ENTERPRISE application> -Group <mail of the group of managers>
param(
  [Parameter(Mandatory)] [guid] $ClientId,
  [Parameter(Mandatory)] [guid] $ObjectId,
  [Parameter(Mandatory)] [string] $Group
)
$ErrorActionPreference = 'Stop'

Connect-ExchangeOnline -ShowBanner:$false
$managers = Get-Group -Identity $Group
$scope = 'Medspill managers'
if (-not (Get-ServicePrincipal | Where-Object AppId -eq $ClientId)) {
  New-ServicePrincipal -AppId $ClientId -ObjectId $ObjectId -DisplayName 'Medspill' | Out-Null
}
$filter = "MemberOfGroup -eq '$($managers.DistinguishedName)'"
if (Get-ManagementScope | Where-Object Name -eq $scope) {
  Set-ManagementScope -Identity $scope -RecipientRestrictionFilter $filter
} else {
  New-ManagementScope -Name $scope -RecipientRestrictionFilter $filter | Out-Null
}
if (-not (Get-ManagementRoleAssignment | Where-Object Name -eq 'Medspill calendars')) {
  New-ManagementRoleAssignment -Name 'Medspill calendars' -App $ClientId `
    -Role 'Application Calendars.ReadWrite' -CustomResourceScope $scope | Out-Null
}

# Exchange's grant and Entra's add up: while Entra's stands, the app reaches every mailbox. Take it back.
Connect-MgGraph -Scopes 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All' -NoWelcome
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
$role = $graph.AppRoles | Where-Object Value -eq 'Calendars.ReadWrite'
Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $ObjectId -All |
  Where-Object AppRoleId -eq $role.Id |
  ForEach-Object { Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $ObjectId -AppRoleAssignmentId $_.Id }

# OnlineMeetings.Read.All answers 403 without a policy for the manager.
Connect-MicrosoftTeams | Out-Null
if (-not (Get-CsApplicationAccessPolicy | Where-Object Identity -eq 'Tag:Medspill')) {
  New-CsApplicationAccessPolicy -Identity 'Medspill' -AppIds $ClientId -Description 'Medspill finds the chat of a review'
}
Get-DistributionGroupMember -Identity $Group -ResultSize Unlimited | ForEach-Object {
  Grant-CsApplicationAccessPolicy -PolicyName 'Medspill' -Identity $_.ExternalDirectoryObjectId
}

# True for a manager, False for anybody else; Exchange needs up to two hours to follow a change.
$managers.Members | Select-Object -First 1 | ForEach-Object {
  Test-ServicePrincipalAuthorization -Identity $ClientId -Resource $_
}
