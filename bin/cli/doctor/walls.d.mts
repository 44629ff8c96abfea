export function walledTables(root: string): string[];
