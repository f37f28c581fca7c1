/** For programs of others in compose.yaml: as few rights as they can live with, and a life as long as the machine's. */
export const lockedDown = `# Whoever breaks in cannot change the program, and cannot win rights. Defaults: writable, some of root's rights
read_only: true
cap_drop: [ALL]
security_opt: ['no-new-privileges:true']
# Started again when it dies and after a reboot, but not after \`docker compose stop\`. Default: no
restart: unless-stopped`;
