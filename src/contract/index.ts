export type { Contract, Exchange, ExchangeRequest, ExchangeSource } from './contract';
