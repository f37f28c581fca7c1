import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import type { Project } from '../../templates/project.js';
import { selections } from '../../templates/prometheus/selections.js';
import { metrics } from '../../templates/service/files/src/metrics/catalog.js';
import { readSettings } from '../../templates/service/files/src/read-settings.js';
import { settings } from '../../templates/service/files/src/settings.js';
import { describeWith } from '../ops/harness/programs.js';
import { isUnstable, type Manifest, parseManifests, schemaFault, typeFaults } from './harness/kubernetes.js';
import { composeWith, fileOf, LONGEST_NAME, write } from './harness/project.js';
import { run } from './harness/run.js';

const FOLDER = 'ops/kubernetes/';
/** Overlays, with the answers that make them so. */
const overlays = {
  production: {},
  'production, by KEDA': { autoscaler: 'keda' },
  canary: { canary: 'deployment' },
  rollouts: { canary: 'rollouts' },
  'rollouts, by KEDA': { canary: 'rollouts', autoscaler: 'keda' },
} as const satisfies Record<string, Partial<Project>>;
type Overlay = keyof typeof overlays;

const manifestsOf = (answers: Partial<Project>): [path: string, text: string][] => [...composeWith(answers)].filter(([path]) => path.startsWith(FOLDER));

/** All manifests as they are emitted, whatever was answered, before Kustomize puts them together. */
function sources(name = 'shop'): Manifest[] {
  const files = Object.values(overlays).flatMap((answers) => manifestsOf({ name, ...answers }).filter(([path]) => path.endsWith('.yaml')));
  return [...new Set(files.map(([, text]) => text))].flatMap(parseManifests);
}

async function render(overlay: Overlay, name = 'shop'): Promise<Manifest[]> {
  const folder = write(manifestsOf({ name, ...overlays[overlay] }));
  const { code, said } = await run('kubectl', ['kustomize', `${FOLDER}overlays/${overlay.split(',')[0]}`], { folder });
  if (code !== 0) throw new Error(said);
  return parseManifests(said);
}

function find(manifests: readonly Manifest[], kind: string): Manifest {
  const found = manifests.find((each) => each.kind === kind);
  if (!found) throw new Error(`no ${kind} was emitted`);
  return found;
}

// Paths into manifests that the schemas have judged; what is not there fails the expectation.
const at = (manifest: Manifest, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], manifest);

function changed(kind: string, change: (manifest: Record<string, unknown>) => void): Manifest {
  const copy = structuredClone(find(sources(), kind)) as unknown as Record<string, unknown>;
  change(copy);
  return copy as unknown as Manifest; // broken on purpose
}

function set(manifest: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const target = keys.reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, manifest);
  target[last] = value;
}

describe.each(['shop', LONGEST_NAME])('the manifests of %s', (name) => {
  test('have what their schemas ask for', async () => {
    const faults = await Promise.all(sources(name).map(async (manifest) => [manifest.kind, await schemaFault(manifest)]));
    expect(faults.length).toBeGreaterThan(8);
    expect(faults.filter(([, fault]) => fault !== undefined)).toEqual([]);
  });

  test('have no field that their types do not know', () => {
    expect(typeFaults(sources(name))).toEqual([]);
  });

  test('use stable versions of Kubernetes’ own kinds', () => {
    expect(sources(name).filter(isUnstable)).toEqual([]);
  });

  test('have labels that Kubernetes takes', () => {
    for (const { metadata } of sources(name)) {
      for (const label of Object.values(metadata.labels ?? {})) expect(label).toMatch(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/);
    }
  });
});

describe('the checks above find', () => {
  test.each([
    ['a wrong type', 'HorizontalPodAutoscaler', 'spec.maxReplicas', 'ten'],
    ['a field that is missing', 'Deployment', 'spec.selector', undefined],
    ['a wrong type in a kind of the Prometheus Operator', 'ServiceMonitor', 'spec.endpoints', 'none'],
    ['a field that is missing in a kind of KEDA', 'ScaledObject', 'spec.triggers', undefined],
  ])('%s', async (_, kind, path, value) => {
    expect(await schemaFault(changed(kind, (manifest) => { set(manifest, path, value); }))).toBeDefined();
  });

  test('misspelled fields of every kind', () => {
    const misspelled = [
      ['Deployment', 'spec.template.spec.containers.0.livenessProbe.perodSeconds'],
      ['PodDisruptionBudget', 'spec.maxUnavailabel'],
      ['ServiceMonitor', 'spec.endpoints.0.intervall'],
      ['PrometheusRule', 'spec.groups.0.rules.0.expression'],
      ['ScaledObject', 'spec.poolingInterval'],
      ['Rollout', 'spec.strategy.canary.maxSurgee'],
      ['AnalysisTemplate', 'spec.metrics.0.succesCondition'],
    ] as const;
    const faults = typeFaults(misspelled.map(([kind, path]) => changed(kind, (manifest) => { set(manifest, path, 1); })));
    for (const [index, [, path]] of misspelled.entries()) expect(faults[index]).toContain(path.split('.').at(-1));
    expect(faults).toHaveLength(misspelled.length);
  });

  test('an API that was removed, though the schemas still know it', () => {
    const removed = changed('PodDisruptionBudget', (manifest) => { set(manifest, 'apiVersion', 'policy/v1beta1'); });
    expect(isUnstable(removed)).toBe(true);
  });
});

describe('the pods', () => {
  const deployment = find(sources(), 'Deployment');
  const pod = at(deployment, 'spec.template.spec') as Record<string, unknown>;
  const env = Object.fromEntries(
    fileOf({}, `${FOLDER}base/settings.env`).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('=', 2) as [string, string]),
  );
  const values = readSettings(settings, env);
  const container = (path: string): unknown => at(deployment, `spec.template.spec.containers.0.${path}`);

  test('get settings that the service reads and accepts', () => {
    expect(Object.keys(env).filter((name) => !(name in settings))).toEqual([]);
    expect(values).toMatchObject({ HOST: '0.0.0.0', ADMIN_HOST: '0.0.0.0', WORKERS: 1 });
  });

  test('are given longer to stop than the service may take', () => {
    expect(values.PRE_STOP_DELAY_MS).toBeGreaterThan(0);
    expect(Number(pod['terminationGracePeriodSeconds']) * 1000).toBeGreaterThan(values.PRE_STOP_DELAY_MS + values.SHUTDOWN_TIMEOUT_MS + 2000);
  });

  test('are probed on the admin port, and may start for as long as the primary lets workers try', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect(container(`${probe}.httpGet.port`)).toBe('admin');
    expect(container('readinessProbe.httpGet.path')).toBe('/readyz');
    expect(container('livenessProbe.httpGet.path')).toBe('/livez');
    expect(Number(container('startupProbe.periodSeconds')) * Number(container('startupProbe.failureThreshold')) * 1000).toBeGreaterThan(3 * values.START_TIMEOUT_MS);
  });

  test('open the ports that the service listens on', () => {
    expect(container('ports')).toEqual([{ name: 'http', containerPort: values.PORT }, { name: 'admin', containerPort: values.ADMIN_PORT }]);
  });

  test('have a core for the event loop and one for each task thread', () => {
    expect(Number(container('resources.limits.cpu'))).toBe(1 + Number(values.TASK_THREADS));
    expect(container('resources.limits.memory')).toBe(container('resources.requests.memory'));
  });

  test('may write where the service does: to volumes, with room for what it may keep', () => {
    expect(container('securityContext.readOnlyRootFilesystem')).toBe(true);
    expect(container('volumeMounts')).toContainEqual({ name: 'diagnostics', mountPath: values.DIAGNOSTICS_DIR });
    const volumes = pod['volumes'] as { name: string; emptyDir: { sizeLimit: string } }[];
    expect(volumes.map(({ name }) => name).sort()).toEqual(['diagnostics', 'tmp']);
    const roomGi = Number(/^(\d+)Gi$/.exec(volumes.find(({ name }) => name === 'diagnostics')?.emptyDir.sizeLimit ?? '')?.[1]);
    expect(roomGi * 1024).toBeGreaterThan(values.DIAGNOSTICS_MAX_MB);
  });

  test('meet the Pod Security Standard "restricted", which the namespace enforces', () => {
    expect(pod['securityContext']).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container('securityContext')).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    for (const name of ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers']) expect(pod).not.toHaveProperty(name);
    for (const { metadata } of sources().filter(({ kind }) => kind === 'Namespace')) expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  test('have no token of the cluster, and no variables of other services', () => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test('run the user of the image', () => {
    expect(fileOf({}, 'Dockerfile')).toContain('\nUSER 1000:1000\n');
  });
});

test('whatever selects pods selects these', () => {
  const all = sources();
  const labels = at(find(all, 'Deployment'), 'spec.template.metadata.labels') as Record<string, string>;
  const selectors = [
    ...['Deployment', 'PodDisruptionBudget'].map((kind) => at(find(all, kind), 'spec.selector.matchLabels')),
    at(find(all, 'Service'), 'spec.selector'),
    at(find(all, 'NetworkPolicy'), 'spec.podSelector.matchLabels'),
    ...(at(find(all, 'Deployment'), 'spec.template.spec.topologySpreadConstraints') as object[]).map((each) => (each as { labelSelector: { matchLabels: object } }).labelSelector.matchLabels),
  ];
  for (const selector of selectors) expect(labels).toMatchObject(selector as object);
  expect(selectors[0]).toEqual(labels);
  expect(at(find(all, 'ServiceMonitor'), 'spec.selector.matchLabels')).toEqual(find(all, 'Service').metadata.labels);
});

test('the number of pods has one owner', () => {
  expect(find(sources(), 'Deployment').spec).not.toHaveProperty('replicas');
});

test('the query of KEDA asks for the service’s own series', () => {
  const [trigger] = at(find(sources(), 'ScaledObject'), 'spec.triggers') as { metadata: { query: string } }[];
  const [asked, ...others] = selections(trigger?.metadata.query ?? '');
  expect(others).toEqual([]);
  expect(Object.values(metrics).map(({ name }) => name)).toContain(asked?.name);
  expect(asked?.selector).toContain('{job="shop", namespace="shop", track="stable"}');
});

test('the alert rules are those of ops/prometheus', () => {
  const groups = ['alerts.yml', 'slo.yml'].flatMap((file) => (parse(fileOf({}, `ops/prometheus/${file}`)) as { groups: unknown[] }).groups);
  expect(find(sources(), 'PrometheusRule').spec).toEqual({ groups });
});

describeWith('kubectl', 'kubectl kustomize', () => {
  test.each(Object.keys(overlays) as Overlay[])('puts the overlay %s together, valid in schema and types', async (overlay) => {
    const manifests = await render(overlay);
    for (const manifest of manifests) expect(await schemaFault(manifest), manifest.kind).toBeUndefined();
    expect(typeFaults(manifests)).toEqual([]);
  });

  test.each([
    ['production', 'HorizontalPodAutoscaler', 'Deployment'],
    ['production, by KEDA', 'ScaledObject', 'Deployment'],
    ['rollouts', 'HorizontalPodAutoscaler', 'Rollout'],
    ['rollouts, by KEDA', 'ScaledObject', 'Rollout'],
  ] as const)('everything of %s stands in one namespace, and one %s scales the %s', async (overlay, kindOfScaler, scaled) => {
    const manifests = await render(overlay, LONGEST_NAME);
    for (const { kind, metadata } of manifests) {
      if (kind === 'Namespace') expect(metadata.name).toBe(LONGEST_NAME);
      else expect(metadata.namespace, kind).toBe(LONGEST_NAME);
    }
    const autoscalers = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject');
    expect(autoscalers.map(({ kind }) => kind)).toEqual([kindOfScaler]);
    const [autoscaler] = autoscalers;
    const target = autoscaler && at(autoscaler, 'spec.scaleTargetRef');
    expect(target).toMatchObject({ name: find(manifests, scaled).metadata.name });
    // KEDA takes a target without a kind for a Deployment.
    expect((target as { kind?: string }).kind ?? 'Deployment').toBe(scaled);
  });

  test('a Rollout makes the pods of the Deployment, and its analysis asks for the new ones by a label that they bring', async () => {
    const manifests = await render('rollouts');
    const [rollout, deployment, analysis] = [find(manifests, 'Rollout'), find(manifests, 'Deployment'), find(manifests, 'AnalysisTemplate')];
    expect(at(rollout, 'spec.workloadRef')).toMatchObject({ kind: 'Deployment', name: deployment.metadata.name, scaleDown: 'onsuccess' });
    expect(at(deployment, 'spec.template.metadata.labels')).toMatchObject(at(rollout, 'spec.selector.matchLabels') as object);
    expect(rollout.spec).not.toHaveProperty('replicas');
    for (const field of ['minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit']) expect(at(rollout, `spec.${field}`), field).toBe(at(deployment, `spec.${field}`));
    expect(at(rollout, 'spec.strategy.canary.analysis.templates')).toEqual([{ templateName: analysis.metadata.name }]);
    expect(at(rollout, 'spec.strategy.canary.analysis.args.0.name')).toBe(at(analysis, 'spec.args.0.name'));
    expect(at(find(manifests, 'ServiceMonitor'), 'spec.podTargetLabels')).toEqual(['track', 'rollouts-pod-template-hash']);

    const asked = selections(String(at(analysis, 'spec.metrics.0.provider.prometheus.query')).replaceAll('{{args.version}}', 'abc'));
    expect(asked.map(({ name }) => name)).toEqual([metrics.httpRequests.name, metrics.httpRequests.name]);
    for (const { selector } of asked) expect(selector).toContain('{job="shop", namespace="shop", rollouts_pod_template_hash="abc"');
  });

  test('a canary is a second Deployment, with the same settings, and takes nothing from the first', async () => {
    const [canary, stable] = [await render('canary'), await render('production')];
    expect(canary.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment']);
    const [second, first] = [find(canary, 'Deployment'), find(stable, 'Deployment')];
    expect(second.metadata.name).toBe('shop-canary');
    expect(second.metadata.namespace).toBe('shop');
    const selector = at(second, 'spec.selector.matchLabels') as Record<string, string>;
    const labels = at(second, 'spec.template.metadata.labels') as Record<string, string>;
    expect(labels).toMatchObject(selector);
    expect(at(first, 'spec.template.metadata.labels')).not.toMatchObject(selector);
    // Clients reach both; its own selector does not see the pods of the other.
    expect(labels).toMatchObject(at(find(stable, 'Service'), 'spec.selector') as object);
    expect(labels).not.toMatchObject(at(first, 'spec.selector.matchLabels') as object);
    expect(find(canary, 'ConfigMap').metadata.name).toBe(find(stable, 'ConfigMap').metadata.name);
    expect(at(second, 'spec.template.spec.containers.0.image')).not.toBe(at(first, 'spec.template.spec.containers.0.image'));
  });

  test('the image and the settings are put in', async () => {
    const manifests = await render('production');
    const deployment = find(manifests, 'Deployment');
    expect(at(deployment, 'spec.template.spec.containers.0.image')).toBe('registry.example.com/shop:0.1.0');
    const { metadata } = find(manifests, 'ConfigMap');
    expect(metadata.name).toMatch(/^shop-settings-\w+$/);
    expect(at(deployment, 'spec.template.spec.containers.0.envFrom.0.configMapRef.name')).toBe(metadata.name);
  });
});
