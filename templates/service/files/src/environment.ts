import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { defaults } from './project.js';
import { readSettings, type Values } from './read-settings.js';
import { settings } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ServiceSettings = Values<typeof settings>;

export const isDevelopment = (): boolean => process.env['NODE_ENV'] === 'development';

/** The environment, and in development what .env adds to it. Read anew for each reload, so that edits are picked up. */
export function readEnvironment(): Environment {
  if (!isDevelopment() || !existsSync('.env')) return process.env;
  return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env };
}

/** @throws {SettingsError} when a variable has a value that is not accepted, or two contradict each other. */
export function readServiceSettings(env: Environment): ServiceSettings {
  return readSettings(settings, env, defaults, (values) => contradictions(values));
}

function contradictions({ PORT, ADMIN_PORT, MIN_WORKERS, MAX_WORKERS, HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS }: ServiceSettings): string[] {
  const faults: string[] = [];
  if (PORT === ADMIN_PORT) faults.push(`ADMIN_PORT=${ADMIN_PORT} is the same as PORT: they must differ`);
  if (MIN_WORKERS > 0 && MAX_WORKERS > 0 && MIN_WORKERS > MAX_WORKERS) {
    faults.push(`MIN_WORKERS=${MIN_WORKERS} is above MAX_WORKERS=${MAX_WORKERS}`);
  }
  if (HEARTBEAT_TIMEOUT_MS < 2 * HEARTBEAT_INTERVAL_MS) {
    faults.push(`HEARTBEAT_TIMEOUT_MS=${HEARTBEAT_TIMEOUT_MS} is less than twice HEARTBEAT_INTERVAL_MS=${HEARTBEAT_INTERVAL_MS}`);
  }
  return faults;
}
