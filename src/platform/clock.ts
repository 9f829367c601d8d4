import type { Clock } from '../core';

export const systemClock: Clock = () => new Date();
