// What a use case may use. Which adapter stands behind which port is said in running.ts.
import type { Config } from './config.ts';
import type {
  Calendar,
  Clock,
  Directory,
  Keys,
  Log,
  NewId,
  Notifier,
  Paper,
  Permissions,
  Realtime,
  Store,
  ToDo,
} from './ports.ts';

/** All that a use case may use. */
export type App = {
  config: Config;
  clock: Clock;
  newId: NewId;
  store: Store;
  directory: Directory;
  calendar: Calendar;
  notifier: Notifier;
  permissions: Permissions;
  toDo: ToDo;
  realtime: Realtime;
  keys: Keys;
  paper: Paper;
  log: Log;
};
