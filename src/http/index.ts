export type { TrustProxy } from './address';
export { closeGracefully } from './close-gracefully';
export type { NamedDeclaration } from '../dialect';
export { createGatewayServer, type GatewayOptions } from './server';
export type { VerificationKeys } from './verify-token';
