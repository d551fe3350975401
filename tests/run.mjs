import { install, runInNode24 } from '../sandbox/install.mjs';

install();
runInNode24('tests/runner.ts', process.argv.slice(2));
