export function gapsOf(api: object): string[];
