/** Writes config/schema.json, which editors use to help with a configuration, from the settings themselves. */
import { writeFileSync } from 'node:fs';
import { configurationSchema } from '../src/config.ts';

writeFileSync('config/schema.json', configurationSchema());
