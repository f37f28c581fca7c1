/** The same as in package.json, which a test compares: reading that file would cost every start of ESLint. */
export const version = '0.1.0';
