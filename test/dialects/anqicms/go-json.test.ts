import { RequestError } from '../../../src/dialect';
import { decodeStruct, type GoStruct } from '../../../dialects/anqicms/go-json';
import { loginRequest, registerRequest, userRequest } from '../../../dialects/anqicms/structs';

function decode(body: string | Buffer, struct: GoStruct = userRequest): unknown {
  return decodeStruct(typeof body === 'string' ? Buffer.from(body, 'utf8') : body, struct);
}

function refusalOf(body: string | Buffer, struct: GoStruct = userRequest): unknown {
  try {
    decode(body, struct);
  } catch (error) {
    if (error instanceof RequestError) return error.problem;
    throw error;
  }
  return 'taken';
}

const field = (value: string, name: string, type: string) =>
  `json: cannot unmarshal ${value} into Go struct field UserRequest.${name} of type ${type}`;
const whole = (kind: string) => `json: cannot unmarshal ${kind} into Go value of type request.UserRequest`;

describe("Go's own words for a body that its decoder refuses", () => {
  test.each<[body: string, text: string]>([
    ['', 'EOF'],
    [' \t\r\n', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"user_name":"a', 'unexpected EOF'],
    ['{"user_name":"a"', 'unexpected EOF'],
    ['{"user_name"', 'unexpected EOF'],
    ['{"user_name":', 'unexpected EOF'],
    ['{"user_name":"a",', 'unexpected EOF'],
    ['{"a":[1', 'unexpected EOF'],
    ['{"a":"\\', 'unexpected EOF'],
    ['{"a":"\\u12', 'unexpected EOF'],
    ['tru', 'unexpected EOF'],
    ['-', 'unexpected EOF'],
    ['1.', 'unexpected EOF'],
    ['1e+', 'unexpected EOF'],
    ['[]', whole('array')],
    ['"x"', whole('string')],
    ['123', whole('number')],
    ['123abc', whole('number')],
    ['-1.5e+3', whole('number')],
    ['true', whole('bool')],
    ['false', whole('bool')],
    ['{"user_name":123}', field('number', 'user_name', 'string')],
    ['{"user_name":1.5}', field('number', 'user_name', 'string')],
    ['{"user_name":true}', field('bool', 'user_name', 'string')],
    ['{"user_name":{}}', field('object', 'user_name', 'string')],
    ['{"user_name":[]}', field('array', 'user_name', 'string')],
    ['{"USER_NAME":1}', field('number', 'user_name', 'string')],
    ['{"birthday":"1"}', field('string', 'birthday', 'int64')],
    ['{"birthday":1.5}', field('number 1.5', 'birthday', 'int64')],
    ['{"birthday":1e3}', field('number 1e3', 'birthday', 'int64')],
    ['{"birthday":9223372036854775808}', field('number 9223372036854775808', 'birthday', 'int64')],
    ['{"birthday":true}', field('bool', 'birthday', 'int64')],
    ['{"id":-1}', field('number -1', 'id', 'uint')],
    ['{"id":-0}', field('number -0', 'id', 'uint')],
    ['{"group_id":18446744073709551616}', field('number 18446744073709551616', 'group_id', 'uint')],
    ['{"status":"1"}', field('string', 'status', 'int')],
    ['{"extra":"x"}', field('string', 'extra', 'map[string]interface {}')],
    ['{"extra":1}', field('number', 'extra', 'map[string]interface {}')],
    ['{"extra":[]}', field('array', 'extra', 'map[string]interface {}')],
    [
      '{"extra":{"1e999":"\\"1e999","a":[0,{"b":-1E400}]},"id":"x"}',
      field('number -1E400', 'extra', 'float64'),
    ],
    ['user_name=1', "invalid character 'u' looking for beginning of value"],
    ['{user_name:1}', "invalid character 'u' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":"b" "c"}', `invalid character '"' after object key:value pair`],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":[1 2]}', "invalid character '2' after array element"],
    ['{"a":[1,]}', "invalid character ']' looking for beginning of value"],
    ['{"a":"\n"}', "invalid character '\\n' in string literal"],
    ['{"a":"\u0000"}', "invalid character '\\x00' in string literal"],
    ['{"a":"\\x"}', "invalid character 'x' in string escape code"],
    ['{"a":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['{"a":fals }', "invalid character ' ' in literal false (expecting 'e')"],
    ['{"a":nil}', "invalid character 'i' in literal null (expecting 'u')"],
    ['{"a":-x}', "invalid character 'x' in numeric literal"],
    ['{"a":1.x}', "invalid character 'x' after decimal point in numeric literal"],
    ['{"a":1ex}', "invalid character 'x' in exponent of numeric literal"],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
    ['\\', "invalid character '\\\\' looking for beginning of value"],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
    ['\u0085', "invalid character 'Â' looking for beginning of value"],
  ])('%j', (body, text) => {
    expect(refusalOf(body)).toEqual({ code: 'malformed_body', detail: text });
  });

  test('a byte that cannot be printed is quoted by its number', () => {
    expect(refusalOf(Buffer.from([0x80]))).toMatchObject({
      detail: "invalid character '\\u0080' looking for beginning of value",
    });
    expect(refusalOf(Buffer.from([0x7f]))).toMatchObject({
      detail: "invalid character '\\x7f' looking for beginning of value",
    });
  });

  test('names the struct of the route', () => {
    expect(refusalOf('{"remember":1}', loginRequest)).toMatchObject({
      detail: 'json: cannot unmarshal number into Go struct field ApiLoginRequest.remember of type bool',
    });
    expect(refusalOf('[]', loginRequest)).toMatchObject({
      detail: 'json: cannot unmarshal array into Go value of type request.ApiLoginRequest',
    });
    expect(refusalOf('{"user_name":1}', registerRequest)).toMatchObject({
      detail:
        'json: cannot unmarshal number into Go struct field ApiRegisterRequest.user_name of type string',
    });
  });

  test('of several wrong types the first in the body is named', () => {
    expect(refusalOf('{"phone":1,"user_name":2}')).toMatchObject({
      detail: field('number', 'phone', 'string'),
    });
    expect(refusalOf('{"user_name":1,"user_name":"fine"}')).toMatchObject({
      detail: field('number', 'user_name', 'string'),
    });
  });

  test('a syntax fault behind a wrong type comes first', () => {
    expect(refusalOf('{"user_name":1,}')).toMatchObject({
      detail: "invalid character '}' looking for beginning of object key string",
    });
  });

  test('nesting beyond 10,000 levels is refused, and up to there it is not', () => {
    const nested = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(decode(nested(10_000))).toEqual({});
    expect(refusalOf(nested(10_001))).toMatchObject({ detail: "invalid character '[' exceeded max depth" });
  });
});

describe('a body that Go takes', () => {
  test.each<[what: string, body: string, decoded: unknown]>([
    ['null for no members at all', 'null', {}],
    ['null for an absent member', '{"user_name":null,"id":null,"extra":null}', {}],
    ['null after a value leaves the value', '{"user_name":"a","user_name":null}', { user_name: 'a' }],
    ['unknown members', '{"nickname":{"a":[1,{"user_name":"deep"}]},"user_name":"a"}', { user_name: 'a' }],
    ['names in any case', '{"USER_NAME":"a","Real_Name":"b"}', { user_name: 'a', real_name: 'b' }],
    ['names with the long s and the Kelvin sign', '{"u\u017fer_name":"a"}', { user_name: 'a' }],
    ['names written with escapes', '{"user\\u005fname":"a"}', { user_name: 'a' }],
    ['duplicates, of which the last wins', '{"user_name":"a","USER_NAME":"b"}', { user_name: 'b' }],
    ['anything after the first value', '{"user_name":"a"} and more }', { user_name: 'a' }],
    ['white space around it', ' \n{ "user_name" : "a" , "id" : 7 }\t', { user_name: 'a', id: 7 }],
    [
      'integers of both signs',
      '{"balance":-5,"status":-1,"id":0,"birthday":-0}',
      { balance: -5, status: -1, id: 0, birthday: 0 },
    ],
    ['every escape', '{"introduce":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u4f60"}', { introduce: '"\\/\b\f\n\r\t你' }],
    ['a surrogate pair in escapes', '{"introduce":"\\ud83d\\ude00"}', { introduce: '😀' }],
    ['half a pair, as U+FFFD', '{"introduce":"\\ud83dA\\ude00"}', { introduce: '\ufffdA\ufffd' }],
    ['half a pair before a whole character', '{"introduce":"\\ud83d😀"}', { introduce: '\ufffd😀' }],
    ['an escaped backslash before a u', '{"introduce":"\\\\u0041"}', { introduce: '\\u0041' }],
    ['names of JavaScript as unknown ones', '{"__proto__":"x","constructor":1,"toString":2}', {}],
  ])('%s', (_, body, decoded) => {
    expect(decode(body)).toEqual(decoded);
  });

  test('every byte that begins no character becomes a U+FFFD of its own', () => {
    const body = Buffer.concat([
      Buffer.from('{"introduce":"'),
      Buffer.from([0x61, 0xff, 0xe4, 0xbd, 0x62, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]);
    expect(decode(body)).toEqual({ introduce: 'a\ufffd\ufffd\ufffdb😀\ufffd\ufffd\ufffd' });
  });

  test('a gender is a number or a text at login, and nothing else', () => {
    expect(decode('{"gender":1}', loginRequest)).toEqual({ gender: 1 });
    expect(decode('{"gender":"1"}', loginRequest)).toEqual({ gender: '1' });
    expect(refusalOf('{"gender":true}', loginRequest)).toMatchObject({
      detail: 'json: cannot unmarshal bool into Go struct field ApiLoginRequest.gender of type uint',
    });
  });
});
