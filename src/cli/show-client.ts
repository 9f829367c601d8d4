import type { ClientListing } from '../core';

/** A client for programs: everything but the secret. */
export function clientJson(client: ClientListing): Readonly<Record<string, unknown>> {
  return {
    clientId: client.clientId,
    name: client.name,
    createdAt: client.createdAt,
    revokedAt: client.revokedAt,
  };
}
