import { install, runInNode24 } from './install.mjs';

install();
runInNode24('sandbox/main.ts', process.argv.slice(2));
