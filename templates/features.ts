import alertmanager from './alertmanager/feature.js';
import checks from './checks/feature.js';
import dingtalk from './dingtalk/feature.js';
import type { Feature } from './feature.js';
import nginx from './nginx/feature.js';
import nginxHttp from './nginx-http/feature.js';
import nginxTls from './nginx-tls/feature.js';
import prometheus from './prometheus/feature.js';
import service from './service/feature.js';

/** Every feature, in the order of the emitted README. A new one is added here and nowhere else. */
export const features = [service, nginx, nginxHttp, nginxTls, prometheus, alertmanager, dingtalk, checks] as const satisfies readonly Feature[];

export type FeatureName = (typeof features)[number]['name'];
