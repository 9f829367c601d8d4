import type { JsonObject, UserCaller } from '../model';

/** One of a dialect's own records about a user or about nobody. */
export interface ExtensionRecord {
  /** Positive; below 2^31. */
  id: number;
  userId: number | null;
  data: JsonObject;
}

export interface ClientListing {
  clientId: string;
  name: string;
  createdAt: Date;
  revokedAt: Date | null;
}

export interface ApiKeyListing {
  id: string;
  name: string;
  door: string;
  createdAt: Date;
  revokedAt: Date | null;
}

export interface ClientOperations {
  /** A token for a program, with administrator rights. Fails with `client_rejected`. */
  signInClient: {
    command: { clientId: string; secret: string };
    result: { accessToken: string; accessTokenExpiresAt: Date };
  };
  /**
   * Adds a record of the door. With `match`, it takes the place of those of the caller's records of the kind in which
   * these members are equal: of all of them when `match` is empty.
   */
  putRecord: {
    command: { caller: UserCaller; kind: string; data: JsonObject; match?: readonly string[] };
    result: ExtensionRecord;
  };
  /** Changes members of one of the caller's records, or with no `id` of the latest. Fails with `record_not_found`. */
  updateRecord: {
    command: { caller: UserCaller; kind: string; id?: number; data: JsonObject };
    result: ExtensionRecord;
  };
  /** Removes one of the caller's records, or with no `id` all of the kind. Fails with `record_not_found` for an id. */
  removeRecords: {
    command: { caller: UserCaller; kind: string; id?: number };
    result: Record<string, never>;
  };
  /** The caller's records of a kind; `shared`: those that belong to nobody, such as seeded groups. By id. */
  listRecords: {
    command: { caller: UserCaller; kind: string; shared: boolean };
    result: { records: readonly ExtensionRecord[]; caller: UserCaller };
  };

  /** For operators: makes credentials of a program. The secret is told once and stored hashed. */
  createClient: { command: { name: string }; result: ClientListing & { secret: string } };
  listClients: { command: Record<string, never>; result: { clients: readonly ClientListing[] } };
  revokeClient: { command: { clientId: string }; result: ClientListing };
  /** For operators: keys that a door's registrations must name, once there are any. Told once, stored hashed. */
  createApiKey: { command: { door: string; name: string }; result: ApiKeyListing & { apiKey: string } };
  listApiKeys: { command: { door?: string }; result: { keys: readonly ApiKeyListing[] } };
  revokeApiKey: { command: { id: string }; result: ApiKeyListing };
}
