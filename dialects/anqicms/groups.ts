import type { ExtensionRecord, JsonObject, Result } from '../../src/core';
import type { HeardResponse, Meta, WireResponse } from '../../src/dialect';
import { siteText } from './messages';
import { failure, success } from './responses';
import type { AnqicmsSite } from './site';

/** The kind of record that a group is. */
export const groupKind = 'group';

const newSetting = {
  share_reward: 0,
  parent_reward: 0,
  discount: 0,
  expire_day: 0,
  content_no_verify: false,
  content_no_captcha: false,
};

/** A group as it is kept, under the number by which users name it (reference 5.4). */
interface StoredGroup {
  id: number;
  created_time: number;
  updated_time: number;
  title: string;
  description: string;
  level: number;
  status: number;
  price: number;
  setting: typeof newSetting;
}

/** The three groups that a site starts with. */
export function groupSeeds({ language }: AnqicmsSite): readonly { kind: string; data: JsonObject }[] {
  return (['OrdinaryUser', 'IntermediateUser', 'AdvancedUser'] as const).map((key, level) => ({
    kind: groupKind,
    data: {
      id: level + 1,
      created_time: 0,
      updated_time: 0,
      title: siteText(key, language),
      description: '',
      level,
      status: 1,
      price: 0,
      setting: newSetting,
    },
  }));
}

function wireGroup({ data }: ExtensionRecord) {
  // Only this dialect writes its records: the seeds above and, with the same members, the import from the vendor.
  const group = data as unknown as StoredGroup;
  const { setting } = group;
  return {
    id: group.id,
    created_time: group.created_time,
    updated_time: group.updated_time,
    title: group.title,
    description: group.description,
    level: group.level,
    status: group.status,
    price: group.price,
    // Spelt out, because the database keeps members in an order of its own.
    setting: {
      share_reward: setting.share_reward,
      parent_reward: setting.parent_reward,
      discount: setting.discount,
      expire_day: setting.expire_day,
      content_no_verify: setting.content_no_verify,
      content_no_captcha: setting.content_no_captcha,
    },
    // The inviter's discount; no group that a site starts with has a price.
    favorable_price: 0,
  };
}

type WireGroup = ReturnType<typeof wireGroup>;

/** All groups, by level (reference 4.12). */
export function writeGroups({ records }: Result<'listRecords'>): WireResponse {
  const groups = records.map(wireGroup).sort((one, other) => one.level - other.level || one.id - other.id);
  return success('', groups);
}

/** The group of the query's `id`; what is no number is 0, which is no group. */
export function writeGroup({ records }: Result<'listRecords'>, { request }: Meta): WireResponse {
  const written = request.query.get('id') ?? '';
  const id = /^\d+$/.test(written) ? Number(written) : 0;
  const group = records.map(wireGroup).find((candidate) => candidate.id === id);
  return group === undefined ? failure('record not found') : success('', group);
}

export function hearGroups(response: HeardResponse): { records: readonly { data: object }[] } {
  const { data } = response.body as { data: readonly WireGroup[] };
  return { records: data.map((group) => ({ data: group })) };
}
