// Apart from the keys, so that the tab reads them without a schema library in its bundle.
import * as z from 'zod';
import { stageKeys } from './stages.ts';

export const stageKeySchema = z.enum(stageKeys);
