/** Replaces `%NAME%` by the app setting, as trigger and binding attributes allow. */
export function resolveSetting(text: string): string {
  return text.replace(/%([^%]+)%/g, (_whole, name: string) => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value.`);
    return value;
  });
}

/** A storage connection is one setting, or a group of them for an identity. */
export function hasConnection(name: string): boolean {
  return Object.keys(process.env).some((key) => key === name || key.startsWith(`${name}__`));
}

export function isDisabled(functionName: string): boolean {
  const value =
    process.env[`AzureWebJobs.${functionName}.Disabled`] ??
    process.env[`AzureWebJobs__${functionName}__Disabled`];
  return value === '1' || value?.toLowerCase() === 'true';
}
