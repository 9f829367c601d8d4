import type { ApiKeyListing } from '../core';

/** An API key for programs: everything but the key. */
export function apiKeyJson(key: ApiKeyListing): Readonly<Record<string, unknown>> {
  return {
    id: key.id,
    dialect: key.door,
    name: key.name,
    createdAt: key.createdAt,
    revokedAt: key.revokedAt,
  };
}
