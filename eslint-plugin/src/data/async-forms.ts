/** What says the same as a blocking call without blocking, as data. */

/** Methods of `fs.promises` that give what their synchronous forms give; not open(), which gives an object. */
export const FS_PROMISES = new Set([
  'access', 'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchown', 'link', 'lstat', 'lutimes', 'mkdir', 'mkdtemp', 'readdir', 'readFile', 'readlink', 'realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs',
  'symlink', 'truncate', 'unlink', 'utimes', 'writeFile',
]);

/** Their second argument can ask for no error where there is no file, which only the synchronous ones know. */
export const WITH_OPTIONS_OF_THEIR_OWN = new Set(['stat', 'lstat']);

/** Functions with a callback last, by module. */
export const PROMISIFIED: Readonly<Record<string, ReadonlySet<string>>> = {
  crypto: new Set(['pbkdf2', 'scrypt', 'generateKeyPair', 'generateKey', 'generatePrime', 'checkPrime', 'argon2', 'randomBytes', 'pseudoRandomBytes', 'randomFill']),
  zlib: new Set(['brotliCompress', 'brotliDecompress', 'deflate', 'deflateRaw', 'gunzip', 'gzip', 'inflate', 'inflateRaw', 'unzip', 'zstdCompress', 'zstdDecompress']),
};

/** Those whose promise has the output in an object; and how many arguments mean the same to both forms. */
export const PROCESSES: Readonly<Record<string, number>> = { exec: 1, execFile: 2 };

/** Packages whose functions return promises where no callback is given. */
export const PROMISING = /^(bcrypt|bcryptjs|@node-rs\/bcrypt|@node-rs\/argon2)#(hash|compare|genSalt|verify)$/;
