/** The text that somebody typed into a field of a form; empty where there is no such text field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** {@link textOf} without the spaces around it. */
export function trimmedOf(form: FormData, name: string): string {
  return textOf(form, name).trim();
}
