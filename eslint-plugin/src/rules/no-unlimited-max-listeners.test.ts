import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-unlimited-max-listeners.js';

new RuleTester().run('no-unlimited-max-listeners', rule, {
  valid: [
    'emitter.setMaxListeners(20);',
    'emitter.setMaxListeners(workers.length + 10);',
    "import events from 'node:events'; events.defaultMaxListeners = 30;",
    'settings.defaultMaxListeners = Infinity;',
    { code: 'emitter.setMaxListeners(500);', options: [{ max: 1000 }] },
    'const limits = { listeners: 0 }; limits.listeners = 20; emitter.setMaxListeners(limits.listeners);',
    'const limits = { listeners: 0 }; configure(limits); emitter.setMaxListeners(limits.listeners);',
    'emitter.setMaxListeners(isProduction ? 30 : 10);',
    'const MAX = 4 * 5; emitter.setMaxListeners(MAX);',
  ],
  invalid: [
    { code: 'emitter.setMaxListeners(0);', errors: [{ messageId: 'hidden', line: 1, column: 1, endColumn: 27 }] },
    { code: 'emitter.setMaxListeners(Infinity);', errors: [{ messageId: 'hidden' }] },
    { code: 'emitter.setMaxListeners(500);', errors: [{ messageId: 'hidden' }] },
    { code: "import events from 'node:events'; events.defaultMaxListeners = Infinity;", errors: [{ messageId: 'hidden' }] },
    { code: "const { EventEmitter } = require('events'); EventEmitter.defaultMaxListeners = 0;", errors: [{ messageId: 'hidden' }] },
    { code: "import { setMaxListeners } from 'node:events'; setMaxListeners(0, signal);", errors: [{ messageId: 'hidden' }] },
    { code: 'const UNLIMITED = Number.POSITIVE_INFINITY; class Hub { open() { this.setMaxListeners(UNLIMITED); } }', errors: [{ messageId: 'hidden' }] },
    { code: 'const limits = { listeners: Infinity }; emitter.setMaxListeners(limits.listeners);', errors: [{ messageId: 'hidden' }] },
    { code: 'emitter.setMaxListeners(isProduction ? 0 : 10);', errors: [{ messageId: 'hidden' }] },
    { code: 'emitter.setMaxListeners(10 * 1000);', errors: [{ messageId: 'hidden' }] },
  ],
});
