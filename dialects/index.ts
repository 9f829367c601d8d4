import type { Dialect } from '../src/dialect';
import anqicms from './anqicms';
import cloudbase from './cloudbase';
import lancens from './lancens';

/** Every dialect that this build can serve, one line each. */
export const dialects: readonly Dialect[] = [anqicms, cloudbase, lancens];
