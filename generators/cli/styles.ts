/** https://no-color.org: any value that is not empty. */
function styled(text: string, code: number): string {
  const isPlain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb' || !process.stdout.isTTY;
  return isPlain ? text : `\u001b[${code}m${text}\u001b[0m`;
}

export const bold = (text: string): string => styled(text, 1);
export const dim = (text: string): string => styled(text, 2);
export const red = (text: string): string => styled(text, 31);
export const green = (text: string): string => styled(text, 32);
export const yellow = (text: string): string => styled(text, 33);
export const cyan = (text: string): string => styled(text, 36);
