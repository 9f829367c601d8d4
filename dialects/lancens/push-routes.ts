import type { Route } from '../../src/dialect';
import { bindingSayer, bindingsSayer, oneUnbindingSayer, rebindingSayer, unbindingSayer } from './client';
import {
  bindingReader,
  bindingsReader,
  oneUnbindingReader,
  rebindingReader,
  unbindingReader,
} from './push-requests';
import { hearBinding, hearSuccess, writeBinding, writeCreated, writeSuccess } from './responses';

/** The five calls about the bindings of a kind (reference 8.14). */
export function pushRoutes(path: string, kind: string): readonly Route[] {
  return [
    {
      operation: 'putRecord',
      method: 'post',
      path,
      access: 'session',
      read: bindingReader(kind),
      write: writeCreated,
      say: bindingSayer(kind),
      hear: hearSuccess,
    },
    {
      operation: 'listRecords',
      method: 'get',
      path,
      access: 'session',
      read: bindingsReader(kind),
      write: writeBinding,
      say: bindingsSayer(kind),
      hear: hearBinding,
    },
    {
      operation: 'removeRecords',
      method: 'delete',
      path,
      access: 'session',
      read: unbindingReader(kind),
      write: writeSuccess,
      say: unbindingSayer(kind),
      hear: hearSuccess,
    },
    {
      operation: 'updateRecord',
      method: 'put',
      path: `${path}/:id`,
      access: 'session',
      read: rebindingReader(kind),
      write: writeSuccess,
      say: rebindingSayer(kind),
      hear: hearSuccess,
    },
    {
      operation: 'removeRecords',
      method: 'delete',
      path: `${path}/:id`,
      access: 'session',
      read: oneUnbindingReader(kind),
      write: writeSuccess,
      say: oneUnbindingSayer(kind),
      hear: hearSuccess,
    },
  ];
}
