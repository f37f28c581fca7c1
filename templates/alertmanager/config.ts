import { type Addresses, type Channel, channels } from './channels.js';

/** Those that the questions have as defaults. */
const usualAddresses: Addresses = { alertEmail: 'team@example.com', alertUrl: 'http://127.0.0.1:5001/alerts' };

/** alertmanager.yml for some channels; each notification goes to all of them. */
export function alertmanagerConfig(chosen: readonly Channel[], addresses: Addresses = usualAddresses): string {
  const texts = channels(addresses);
  const receiver = receiverSections(chosen.map((channel) => texts[channel].receiver));
  return `# Who is told of which alert, and when. Test: npm run check:configs
# Secrets are files in secrets/, never text here.

global:
  # For senders that do not say when an alert is over. Prometheus does. Default: 5m
  resolve_timeout: 5m${chosen.map((channel) => texts[channel].global ?? '').join('')}

templates: [notification.tmpl]

route:
  receiver: team
  # Alerts that share these labels come as one message. Default: all alerts of a receiver in one
  group_by: [alertname, job]
  # Wait for others of the group before the first message. Default: 30s
  group_wait: 30s
  # Between messages about changes in a group. Default: 5m
  group_interval: 5m
  # Until an alert that still fires is told again. Default: 4h
  repeat_interval: 12h
  routes:
    # Always firing, so that its absence is noticed: send it to a service outside that complains when it stops to arrive
    # (a receiver with a webhook_configs, repeat_interval: 1m). Until then nobody is told.
    - matchers: [alertname="Watchdog"]
      receiver: nobody
    # Users notice: at once, and again each hour.
    - matchers: [severity="critical"]
      receiver: urgent
      group_wait: 10s
      repeat_interval: 1h

# What an alert says is not said again by those that follow from it.
inhibit_rules:
  # Nothing is known of a target that cannot be asked.
  - source_matchers: [alertname="TargetDown"]
    target_matchers: [alertname!="TargetDown"]
    equal: [job, instance]
  - source_matchers: [alertname="TargetAbsent"]
    target_matchers: [alertname!="TargetAbsent"]
    equal: [job]
  - source_matchers: [alertname="CrashLoop"]
    target_matchers: [alertname=~"NoWorkers|WorkersMissing|WorkersRestarting"]
    equal: [job, instance]
  - source_matchers: [alertname="NoWorkers"]
    target_matchers: [alertname=~"WorkersMissing|WorkersRestarting"]
    equal: [job, instance]
  # The fast burn of a budget stands for the slow one, and for the ratio that it is made of.
  - source_matchers: [alertname=~"AvailabilityBudgetBurn|LatencyBudgetBurn", severity="critical"]
    target_matchers: [alertname=~"AvailabilityBudgetBurn|LatencyBudgetBurn", severity="warning"]
    equal: [job, alertname]
  - source_matchers: [alertname="AvailabilityBudgetBurn", severity="critical"]
    target_matchers: [alertname="ErrorRatioHigh"]
    equal: [job]

receivers:
  - name: nobody
  # Both have the same channels now; send what is urgent to whoever is on call.
  - name: urgent${receiver}
  - name: team${receiver}
`;
}

/** A section such as webhook_configs may stand in a receiver once: entries of the same section are joined. */
function receiverSections(receivers: readonly string[]): string {
  const entries = new Map<string, string>();
  for (const receiver of receivers) {
    const [, section = '', ...lines] = receiver.split('\n');
    entries.set(section, `${entries.get(section) ?? ''}\n${lines.join('\n')}`);
  }
  return [...entries].map(([section, text]) => `\n${section}${text}`).join('');
}
