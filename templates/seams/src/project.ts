/** What this service was created with: the defaults of its settings. The environment wins. */
export const defaults = { PORT: 3000, ADMIN_PORT: 9464, WORKERS: 'auto' } as const;
