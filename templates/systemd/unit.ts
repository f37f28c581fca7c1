import type { Project } from '../project.js';

/** Below it a process needs a right of root's to listen. */
const FIRST_FREE_PORT = 1024;

/** The unit. Built rather than written, because the name of a unit is the name of its file. */
export const unit = ({ name, proxy, port, adminPort }: Pick<Project, 'name' | 'proxy' | 'port' | 'adminPort'>): string => `# systemd's description of ${name}. docs/systemd.md says how it is installed; npm run check:configs tests it.
# Values can be changed without editing this file: systemctl edit ${name}

[Unit]
Description=${name}, a clustered Node.js service
# Start once the network has an address to listen on. Default: no order
Wants=network-online.target
After=network-online.target
# Keep trying for ever: a database that is away for a while must not leave the service dead. Default: give up after 5 starts in 10 s
StartLimitIntervalSec=0

[Service]
# Started means ready: the service itself says so when its first worker can answer. Default: simple, started at once
Type=notify
# It says so by the program systemd-notify, a child of it: Node.js has no datagram sockets of the UNIX family. Default: main
NotifyAccess=all
# Without a path, node is looked for in /usr/local/bin, /usr/bin and /bin. "current" leads to the release: see ops/systemd/deploy.sh
ExecStart=node /opt/${name}/current/dist/main.js
# New workers, from what "current" leads to by now; one after the other, and none of the old ones leaves before. Default: none
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory=/opt/${name}/current

# Production: .env is not read. Settings stand in /etc/${name}.env, which need not exist. .env.example lists them all.
Environment=NODE_ENV=production
EnvironmentFile=-/etc/${name}.env
${proxy === 'none' ? '' : behindNginx}# Heap snapshots and profiles go to /var/lib/${name}, the only place that the service may write to.
Environment=DIAGNOSTICS_DIR=%S/${name}/diagnostics
StateDirectory=${name}
StateDirectoryMode=0700
# The name in the journal. Default: that of the program, node
SyslogIdentifier=${name}

# Restart after a crash, not after "systemctl stop". Default: no
Restart=on-failure
# 78 is a setting that cannot be: another start would not mend it. The journal says which.
RestartPreventExitStatus=78
# Default: 100ms
RestartSec=2s
# Three workers may try to become ready, for START_TIMEOUT_MS (30 s) each. Default: 90s
TimeoutStartSec=120s
# Longer than a drain: PRE_STOP_DELAY_MS (0) + SHUTDOWN_TIMEOUT_MS (10 s) and some room; then what is left is killed. Default: 90s
TimeoutStopSec=30s
# SIGTERM goes to the primary alone, which drains its workers; SIGKILL at the end goes to all. Default: control-group
KillMode=mixed
# The primary reports twice in this time, as long as it hears from any worker. If it does not, all is started anew. Default: off
WatchdogSec=30s

# The workers share out what is allowed here among their heaps, so leave some for the rest of the machine. Default: infinity
MemoryMax=80%
# When the kernel kills a worker for its memory, the primary replaces it; the others go on. Default: stop
OOMPolicy=continue

# A user that exists only while the service runs, and owns nothing but /var/lib/${name}. Default: root
DynamicUser=yes
# The whole file system is read-only, but /dev, /proc, /sys and the state directory. Default: no
ProtectSystem=strict
# /home, /root and /run/user are empty. So Node.js must not be installed in a home. Default: no
ProtectHome=yes
# A /tmp of its own. Default: no
PrivateTmp=yes
# No disks, no terminals; /dev/null and its like only. Default: no
PrivateDevices=yes
${Math.min(port, adminPort) < FIRST_FREE_PORT ? rightsForLowPorts : noRights}# Processes of others are not seen. /proc/meminfo is, which Node.js needs: so no ProcSubset=pid. Default: default
ProtectProc=invisible
# Nothing of the machine can be changed: clock, host name, sysctl, kernel modules, kernel log, control groups. Defaults: no
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
# No rights can be won by setuid. Default: they can
NoNewPrivileges=yes
# TCP, UDP and local sockets. Default: all kinds
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
# No containers, no real-time scheduling, no setuid files, no other system's binaries. Defaults: no
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
# What services call, and the memory protection keys of V8; all else fails with EPERM instead of killing the process. Default: everything
SystemCallArchitectures=native
SystemCallFilter=@system-service @pkey
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
# No shared memory is left behind. Default: no
RemoveIPC=yes
# Files are for the service alone. Default: 0022
UMask=0077
# MemoryDenyWriteExecute must stay off: V8 compiles JavaScript to machine code in memory.

[Install]
# Start with the machine, once it is enabled.
WantedBy=multi-user.target
`;

const behindNginx = `# One proxy stands in front, nginx, which replaces what clients write into X-Forwarded-For. Default: false
Environment=TRUST_PROXY=1
`;

const noRights = `# None of root's rights. Defaults: all, none
CapabilityBoundingSet=
AmbientCapabilities=
# Other users of the machine do not exist in here. Default: no
PrivateUsers=yes
`;

const rightsForLowPorts = `# Of root's rights the one to listen on ports below 1024; it is lost with PrivateUsers=yes. Defaults: all, none
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
AmbientCapabilities=CAP_NET_BIND_SERVICE
`;
