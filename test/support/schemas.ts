import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Description } from '../../src/kit/description';
import type { Place } from '../../src/kit/pointer';

/** What is wrong with a value that stands where a schema does; empty when nothing is. */
export type Check = (schema: Place, value: unknown) => readonly string[];

const root = 'openapi';

/** Words of OpenAPI that say nothing about which values are good. */
const silentKeywords = ['example', 'externalDocs', 'xml', 'discriminator'];

function fragment(pointer: string): string {
  return pointer.split('/').map(encodeURIComponent).join('/');
}

/** Checks against the schemas of a description, each of which is compiled when it is first asked for. */
export function createCheck({ document }: Description): Check {
  // A misspelt keyword or an unknown format is a fault. Schemas may say a type in one branch and its members in another.
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  addFormats(ajv);
  // The whole is what the schemas in it refer to, so that its members are read as keywords.
  ajv.addVocabulary([...silentKeywords, ...Object.keys(document)]);
  ajv.addSchema(document, root, false, false);
  const compiled = new Map<string, ValidateFunction>();
  return ({ pointer }, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${root}#${fragment(pointer)}` });
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath === '' ? '(the whole)' : instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };
}
