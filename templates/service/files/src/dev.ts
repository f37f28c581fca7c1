// `npm run dev`: development mode reads .env and prints logs for people.
process.env['NODE_ENV'] ??= 'development';
await import('./main.js');
