import type { Project } from '../project.js';

export type Channel = Project['alerts'][number];

interface Texts {
  /** Lines of the `global` section. */
  readonly global?: string;
  /** Lines of a receiver. */
  readonly receiver: string;
}

/** Where notifications go that need an address. */
export type Addresses = Pick<Project, 'alertEmail' | 'alertUrl'>;

/** How each way of telling people is written in Alertmanager's configuration. */
export const channels = ({ alertEmail, alertUrl }: Addresses): Readonly<Record<Channel, Texts>> => ({
  email: {
    global: `
  # Your mail server and account. The password stands in the file named, which is read when a mail is sent.
  smtp_smarthost: smtp.example.com:587
  smtp_from: alerts@example.com
  smtp_auth_username: alerts@example.com
  smtp_auth_password_file: /etc/alertmanager/secrets/smtp-password
  # Default: true
  smtp_require_tls: true`,
    receiver: `
    email_configs:
      - to: ${alertEmail}
        headers: { Subject: '{{ template "service.title" . }}' }
        # Default: false
        send_resolved: true`,
  },
  slack: {
    global: `
  # The URL of the incoming webhook is its password.
  slack_api_url_file: /etc/alertmanager/secrets/slack-url`,
    receiver: `
    slack_configs:
      - channel: '#alerts'
        title: '{{ template "service.title" . }}'
        text: '{{ template "service.text" . }}'
        # Default: false
        send_resolved: true`,
  },
  webhook: {
    receiver: `
    webhook_configs:
      # Gets Alertmanager's JSON by POST. An answer of 5xx is tried again, 4xx is not.
      - url: ${alertUrl}
        http_config: { authorization: { credentials_file: /etc/alertmanager/secrets/webhook-token } }
        # Default: true
        send_resolved: true`,
  },
  dingtalk: {
    receiver: `
    webhook_configs:
      # DingTalk's robot wants its own JSON and a signature: dingtalk-bridge.mjs beside this file makes both.
      - url: http://127.0.0.1:8060/alerts
        # A message has room for some twenty. Default: all
        max_alerts: 20
        # Default: true
        send_resolved: true`,
  },
});
