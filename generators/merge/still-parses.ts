/**
 * Whether a merged text is still what the name of the file says. Two sides that each are valid can merge without a conflict, and still into
 * what no program reads: the same key twice in YAML.
 */
export async function stillParses(path: string, text: string): Promise<boolean> {
  try {
    if (path.endsWith('.json')) JSON.parse(text);
    if (/\.ya?ml$/.test(path)) return await isYaml(text);
    return true;
  } catch {
    // What it says does not matter: the question is whether.
    return false;
  }
}

/** Loaded when needed: parsing YAML costs as much as composing a project. */
async function isYaml(text: string): Promise<boolean> {
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  // An alias without its anchor shows only when the values are asked for.
  for (const document of documents) document.toJS();
  return documents.every(({ errors }) => errors.length === 0);
}
