import { rules } from '../../index.js';
import { version } from '../../version.js';
import type { Report, UnreadableFile } from '../report.js';
import type { Formatter } from './format.js';

/** Static Analysis Results Interchange Format 2.1.0, for GitHub's code scanning and others. */
export const sarif: Formatter = ({ reports, unreadable }) => {
  const names = Object.keys(rules);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'hcnode-lint', version, semanticVersion: version, rules: Object.entries(rules).map(([name, { meta }]) => ({ id: `hcnode/${name}`, shortDescription: { text: meta?.docs?.description ?? name } })) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { description: { text: 'Where hcnode-lint was called' } } },
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: unreadable.map(notification) }],
      results: reports.map((report) => result(report, names)),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function result(report: Report, names: readonly string[]) {
  const { rule, severity, message, file, line, column, endLine, endColumn, per, costMs, costBytes, fingerprint } = report;
  const index = names.indexOf(rule);
  return {
    ruleId: `hcnode/${rule}`,
    ...(index >= 0 && { ruleIndex: index }),
    level: severity,
    message: { text: message },
    locations: [location(file, { startLine: line, startColumn: column, ...(endLine !== undefined && { endLine }), ...(endColumn !== undefined && { endColumn }) })],
    partialFingerprints: { 'hcnodeFingerprint/v1': fingerprint },
    properties: { per, costMs, costBytes },
  };
}

function notification({ file, line, message }: UnreadableFile) {
  return { level: 'error', message: { text: message }, locations: [location(file, { startLine: line })] };
}

function location(file: string, region: Readonly<Record<string, number>>) {
  return { physicalLocation: { artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' }, region } };
}
