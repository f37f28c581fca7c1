export type Mode = '644' | '755';

/** Read off the text and not off our own files: packages and some file systems do not keep modes. */
export const modeOf = (text: string): Mode => (text.startsWith('#!') ? '755' : '644');
