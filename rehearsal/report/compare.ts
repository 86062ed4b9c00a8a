export async function compareFolders(a: string, b: string, out: string): Promise<string> {
  return `${a}${b}${out}`;
}
