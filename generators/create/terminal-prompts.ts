import checkbox from '@inquirer/checkbox';
import input from '@inquirer/input';
import select from '@inquirer/select';

import { Stop } from '../cli/stop.js';
import type { Ask } from './ask.js';

/** Shows a prompt on the terminal. Ctrl-C and Ctrl-D end the run; nothing has been written by then. */
export const askOnTerminal: Ask = async ({ message, kind, choices, default: preset, validate }) => {
  try {
    if (kind === 'choice') return await select({ message, choices: [...choices], default: String(preset) });
    if (kind === 'subset') {
      const isChecked = (choice: string): boolean => Array.isArray(preset) && preset.includes(choice);
      return await checkbox({ message, choices: choices.map((choice) => ({ value: choice, checked: isChecked(choice) })) });
    }
    return await input({ message, default: String(preset), validate });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new Stop('interrupted', ['interrupted; nothing was written'], { cause: error });
    throw error;
  }
};
