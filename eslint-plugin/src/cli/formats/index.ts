import type { Format } from '../arguments.js';
import type { Formatter } from './format.js';
import { github } from './github.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { text } from './text.js';

export const formatters: Readonly<Record<Format, Formatter>> = { text, json, sarif, github, markdown };
