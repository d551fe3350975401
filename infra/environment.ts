// env/.env.<name>: what one environment is, read and completed by the steps of docs/deploy.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export type Environment = {
  name: string;
  /** Throws with the name of a variable that has no value. */
  get(variable: string): string;
  find(variable: string): string | undefined;
  /** Keeps the file's comments and order. */
  set(variable: string, value: string): void;
};

export function readEnvironment(args: string[]): Environment {
  const { values } = parseArgs({ args, options: { env: { type: 'string', default: 'dev' } } });
  const file = join(root, 'env', `.env.${values.env}`);
  const find = (variable: string) =>
    process.env[variable] || parseEnv(readFileSync(file, 'utf8'))[variable] || undefined;
  return {
    name: values.env,
    find,
    get(variable) {
      const value = find(variable);
      if (value === undefined) throw new Error(`${variable} has no value in env/.env.${values.env}`);
      return value;
    },
    set(variable, value) {
      const text = readFileSync(file, 'utf8');
      const line = new RegExp(`^${variable}=.*$`, 'm');
      const written = `${variable}=${value}`;
      writeFileSync(
        file,
        line.test(text) ? text.replace(line, () => written) : `${text.trimEnd()}\n${written}\n`,
      );
      // The Agents Toolkit reads the line like this and hands the value to its later steps.
      console.log(`::set-teamsfx-env ${written}`);
    },
  };
}
