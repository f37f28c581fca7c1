/** nginx' exporter is a target of its own: `up` and `job` of the service must not be mixed with it. */
export const nginxJob = (name: string): string => `${name}-nginx`;
