import { expect, test } from 'vitest';

import { allAlerts } from '../prometheus/rules.js';
import { alertmanagerConfig } from './config.js';

test('every alert that the configuration names exists', () => {
  const names = new Set(allAlerts('shop').map(({ name }) => name));
  const mentioned = [...alertmanagerConfig(['email']).matchAll(/alertname(?:=~|!=|=)"([^"]+)"/g)].flatMap(([, pattern = '']) => pattern.split('|'));
  expect(mentioned.length).toBeGreaterThan(10);
  expect(mentioned.filter((name) => !names.has(name))).toEqual([]);
});

test('no secret is asked for in the configuration itself', () => {
  const config = alertmanagerConfig(['email', 'slack', 'dingtalk', 'webhook']);
  expect(config).not.toMatch(/^\s*(smtp_auth_password|slack_api_url|credentials|password|bearer_token):/m);
});
