import type { Project } from '../project.js';

type Answers = Pick<Project, 'name' | 'adminPort' | 'deploy' | 'canary'>;

/** What the sections of the runbook ask for, as commands to be copied: for each way in which the service may run. */
export function runbookCommands(answers: Answers): string {
  const { deploy } = answers;
  return [
    '### Commands',
    ofAdminPort(answers),
    ...(deploy.includes('systemd') ? [ofSystemd(answers)] : []),
    ...(deploy.includes('docker') ? [ofCompose] : []),
    ...(deploy.includes('kubernetes') ? [ofKubernetes(answers)] : []),
  ].join('\n\n');
}

const ofAdminPort = ({ adminPort }: Answers): string => `On the machine of the service; \`ID\` stands in \`/status\`. In containers the actions need \`ADMIN_TOKEN\`: add \`--header "Authorization: Bearer $ADMIN_TOKEN"\`.

\`\`\`sh
curl http://127.0.0.1:${adminPort}/status
curl --request POST http://127.0.0.1:${adminPort}/reload                # new workers, one after the other; no request fails
curl --request POST http://127.0.0.1:${adminPort}/workers/ID/restart
curl --request POST 'http://127.0.0.1:${adminPort}/workers/ID/cpu-profile?seconds=10'
curl --request POST http://127.0.0.1:${adminPort}/workers/ID/heap-snapshot
curl --remote-name http://127.0.0.1:${adminPort}/diagnostics/FILE       # FILE is in the answer of the two above
curl --request PUT --header 'content-type: application/json' --data '{"count": 4}' http://127.0.0.1:${adminPort}/workers
\`\`\``;

const ofSystemd = ({ name }: Answers): string => `With systemd:

\`\`\`sh
systemctl status ${name}
journalctl --unit ${name} --since -1h
sh ops/systemd/deploy.sh --rollback    # the release before; in the checkout it was deployed from
sudo systemctl reload ${name}          # new workers, one after the other
sudo systemctl restart ${name}         # everything anew: connections are refused for some seconds
\`\`\``;

const ofCompose = `With Docker Compose:

\`\`\`sh
docker compose ps
docker compose logs --since 1h service
git checkout TAG && docker compose up --build --detach --wait    # the version before; a gap of some seconds
docker compose kill --signal HUP service                         # new workers, one after the other
docker compose kill --signal USR2 service                        # heap snapshots of all workers, without a token
docker compose cp service:/diagnostics .
\`\`\``;

const ofKubernetes = ({ name, adminPort, canary }: Answers): string => {
  const changes =
    canary === 'rollouts'
      ? `kubectl argo rollouts --namespace ${name} undo ${name}       # the version before; abort, while a new one is tried
kubectl argo rollouts --namespace ${name} restart ${name}    # new pods, one after the other`
      : `kubectl --namespace ${name} rollout undo deployment/${name}       # the version before
kubectl --namespace ${name} rollout restart deployment/${name}    # new pods, one after the other`;
  return `On Kubernetes:

\`\`\`sh
kubectl --namespace ${name} get pods
kubectl --namespace ${name} describe pod POD               # why it does not start, or was killed
kubectl --namespace ${name} logs POD --previous            # the last words of a container that ended
kubectl --namespace ${name} logs --selector app.kubernetes.io/name=${name} --since 1h --prefix
${changes}
kubectl --namespace ${name} port-forward POD ${adminPort}            # then as above, with this token:
kubectl --namespace ${name} get secret ${name}-admin --output jsonpath='{.data.token}' | base64 --decode
\`\`\``;
};
