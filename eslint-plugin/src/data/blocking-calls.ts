/** A call that does its work before it returns, and what that takes: CPU per call, measured with Node 20. */
export interface BlockingCall {
  /** As the resolver gives it, without `node:`. */
  readonly path: RegExp;
  readonly cost: string;
  readonly costMs?: number;
  /** Blocks only with at most so many arguments: with a callback as the last one it does not. */
  readonly maxArguments?: number;
  /** Blocks noticeably only when the argument at this place is known to be, or to be as long as, MIN_BYTES or more. */
  readonly sizeAt?: number;
}

export const MIN_BYTES = 65_536;

export const CRYPTO_CALLS: readonly BlockingCall[] = [
  { path: /^crypto#pbkdf2Sync$/, cost: '73 ms for 100,000 rounds', costMs: 73 },
  { path: /^crypto#scryptSync$/, cost: '52 ms with the default cost', costMs: 52 },
  { path: /^crypto#generateKeyPairSync$/, cost: '234 ms for RSA-2048', costMs: 234 },
  { path: /^crypto#(generateKeySync|generatePrimeSync|checkPrimeSync|argon2Sync)$/, cost: 'milliseconds and more' },
  { path: /^crypto#(randomBytes|pseudoRandomBytes)$/, cost: '0.3 ms for a megabyte', costMs: 0.3, maxArguments: 1, sizeAt: 0 },
  { path: /^crypto#randomFillSync$/, cost: '0.3 ms for a megabyte', costMs: 0.3, sizeAt: 0 },
  { path: /^(bcrypt|bcryptjs|@node-rs\/bcrypt)#(hashSync|compareSync|genSaltSync|hashpwSync|verifySync)$/, cost: '60 ms with 10 rounds', costMs: 60 },
  { path: /^(argon2|@node-rs\/argon2|scrypt|sodium-native)#(hashSync|verifySync|kdfSync|scryptSync)$/, cost: 'tens of milliseconds' },
];

export const FS_CALLS: readonly BlockingCall[] = [
  { path: /^(fs|([@\w][\w./-]*\/)?(fs-extra|graceful-fs)|fs-promise|mz\/fs|jsonfile|mkdirp|rimraf|glob|globby|fast-glob|write-file-atomic|make-dir|del)#(default\.)?\w*[sS]ync$/, cost: '14 us for a small file, 1.1 ms for 10 MiB, and as long as a slow disk takes', costMs: 0.1 },
  { path: /^v8#(writeHeapSnapshot|getHeapSnapshot)$/, cost: 'seconds for a large heap', costMs: 1000 },
];

export const ZLIB_CALLS: readonly BlockingCall[] = [
  { path: /^zlib#brotliCompressSync$/, cost: '16 ms for a megabyte', costMs: 16 },
  { path: /^zlib#(gzipSync|deflateSync|deflateRawSync|zstdCompressSync)$/, cost: '3.2 ms for a megabyte', costMs: 3.2 },
  { path: /^zlib#(gunzipSync|inflateSync|inflateRawSync|unzipSync|brotliDecompressSync|zstdDecompressSync)$/, cost: '1.4 ms for a megabyte', costMs: 1.4 },
  { path: /^(pako|fflate)#(gzip|gzipSync|deflate|deflateSync|inflate|inflateSync|ungzip|gunzipSync|zipSync|unzipSync)$/, cost: 'several milliseconds for a megabyte', costMs: 10 },
];

export const CHILD_PROCESS_CALLS: readonly BlockingCall[] = [
  { path: /^child_process#(execSync|execFileSync|spawnSync)$/, cost: '13 ms for the smallest program, and as long as it runs', costMs: 13 },
  { path: /^(execa#(execaSync|execaCommandSync|commandSync|sync|\$\.sync)|cross-spawn#(sync|spawn\.sync)|shelljs#exec)$/, cost: '13 ms for the smallest program, and as long as it runs', costMs: 13 },
];
