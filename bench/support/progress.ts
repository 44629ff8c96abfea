/** What people see while they wait; standard output belongs to the claims. */
export function say(text: string): void {
  process.stderr.write(`• ${text}\n`);
}
