// Words of every version of Node.js since 12 only: an old one must get as far as the message below.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;

if (!isSupported) {
  process.stderr.write('create-hcnode: needs Node.js 20.19, 22.13 or 24 and later, and this is ' + process.versions.node + '\n');
  process.exitCode = 1;
} else {
  import('../generators/cli/main.js').then(
    ({ main }) =>
      main(process.argv.slice(2)).then((exitCode) => {
        process.exitCode = exitCode;
      }),
    (error: unknown) => {
      process.stderr.write('create-hcnode: ' + String(error) + '\n');
      process.exitCode = 1;
    },
  );
}
