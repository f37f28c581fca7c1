import { resolve } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

/** A manifest of ours. The index lets tests look into it; a wrong shape fails the test that does. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  // Each kind has its own; validate() and typeFaults() know them.
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** Packages with models of kinds that Kubernetes itself does not have. */
const packageOfGroup: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'keda.sh': '@kubernetes-models/keda',
  'argoproj.io': '@kubernetes-models/argo-rollouts',
};

/** What Kustomize reads itself and never sends to a cluster. */
const isForCluster = ({ apiVersion }: Manifest): boolean => !apiVersion.startsWith('kustomize.config.k8s.io/');

/** @throws when it is not YAML */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest; // ours; what reads it judges it
  }).filter(isForCluster);
}

/** What the schema of its kind says against a manifest: missing fields, wrong types. It lets unknown fields pass. */
export async function schemaFault(manifest: Manifest): Promise<string | undefined> {
  try {
    // Each module has a class for every kind of its API version.
    const models = (await import(moduleOf(manifest))) as Readonly<Record<string, new (manifest: object) => { validate(): void }>>;
    const Model = models[manifest.kind];
    if (!Model) return `${manifest.apiVersion} has no ${manifest.kind}`;
    new Model(manifest).validate();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const moduleOf = ({ apiVersion }: Manifest): string => {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return `${packageOfGroup[group] ?? 'kubernetes-models'}/${apiVersion}`;
};

/** Beta versions of Kubernetes' own groups: every API that was ever removed was one. Schemas still know some that servers do not. */
export function isUnstable({ apiVersion }: Manifest): boolean {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return !(group in packageOfGroup) && /(alpha|beta)/.test(version);
}

/** What the compiler says against manifests as literals of their types: it finds the misspelled fields that schemas let pass. */
export function typeFaults(manifests: readonly Manifest[]): string[] {
  const file = resolve(import.meta.dirname, 'manifests.generated.ts');
  const source = manifests
    .map((manifest, index) => `import type { I${manifest.kind} as T${index} } from '${moduleOf(manifest)}';\nexport const manifest${index}: T${index} = ${JSON.stringify(manifest)};\n`)
    .join('');
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2023 };
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (path) => path === file || onDisk.fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => (path === file ? ts.createSourceFile(path, source, languageVersion) : onDisk.getSourceFile(path, languageVersion, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
