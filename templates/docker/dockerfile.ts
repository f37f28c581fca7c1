import { images } from '../images.js';
import { packageManagers } from '../package-manager.js';
import type { Project } from '../project.js';
import { inImage } from './package-manager-in-image.js';

/** The Dockerfile. Built, since package managers differ in more than the names of their commands. */
export function dockerfile({ name, port, adminPort, packageManager }: Project): string {
  const { install, installLocked, installForProduction, run, lockFile } = packageManagers[packageManager];
  const { version, cache, configuration } = inImage[packageManager];
  return `# syntax=docker/dockerfile:1
# The line above has Docker read this file by today's rules, whatever the age of the engine. Default: the engine's own rules
# Build: docker build --tag ${name} .
# Run:   docker run --rm --read-only --cap-drop ALL --stop-timeout 20 --publish ${port}:${port} ${name}

# Debian, not Alpine: musl's allocator, name resolution and thread stacks differ from what Node.js is built and tested for.
# "slim" has no compilers and no editors. For builds that repeat to the byte, add the digest: image:tag@sha256:...
FROM ${images.node} AS node
# Everything below happens here. Default: /
WORKDIR /app

FROM node AS manifest
${version === undefined ? '' : `# By major version: a lock file may be refused by another one.\nRUN npm install --global ${packageManager}@${version}\n`}# What an install depends on and nothing else: until one of these changes, Docker takes the installs below from its cache.
# ${lockFile} not found? "${install}" writes it; commit it, or two builds of one commit would differ.
COPY ${['package.json', lockFile, ...configuration].join(' ')} ./

# What the service needs to run.
FROM manifest AS dependencies
# Downloads are kept on the building machine, not in the image. Default: each build downloads everything anew
RUN --mount=type=cache,target=${cache} ${installForProduction}

# What building needs as well. Docker builds this stage and the one above at the same time.
FROM manifest AS build
RUN --mount=type=cache,target=${cache} ${installLocked}
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN ${run} build

# The image itself: Node.js, the service and its dependencies. Sources, compiler and development tools stay behind.
FROM node
# Libraries leave out checks and helpers for developers, and the service does not look for .env. Default: unset
ENV NODE_ENV=production
# Listen on all addresses of the container; what of it can be reached is decided by who runs it. Default: 127.0.0.1
ENV HOST=0.0.0.0
# The same for the admin port, so that Prometheus and probes reach it. Without ADMIN_TOKEN it then serves /metrics, /livez and
# /readyz, and no actions. Default: 127.0.0.1
ENV ADMIN_HOST=0.0.0.0
# Heap snapshots and profiles go to a volume. Default: ./diagnostics
ENV DIAGNOSTICS_DIR=/diagnostics
# All of this belongs to root: the service can read and not change it. package.json tells the version and "type": "module".
COPY package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The one folder that the service may write to.
RUN install --directory --owner=1000 --group=1000 /diagnostics
# On disk rather than in memory, and writable even when the rest is read-only (docker run --read-only).
VOLUME /diagnostics
# The image's user "node", by number: Kubernetes' runAsNonRoot cannot tell whether a name is root. Default: root
USER 1000:1000
# For people and tools; it opens nothing. Public port, admin port.
EXPOSE ${port} ${adminPort}
# Asks the primary, which takes no traffic itself: a worker that is busy or hung does not make the container unhealthy, no
# ready worker at all does. By Node.js, since the image has no curl. Default: none
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.ADMIN_PORT || ${adminPort}) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# In this form there is no shell in between: the primary is process 1 and gets SIGTERM itself.
CMD ["node", "dist/main.js"]
`;
}
