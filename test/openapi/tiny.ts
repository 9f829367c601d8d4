/** A description of the made-up wire of test/http/support.ts, by which the checks of descriptions are checked. */
export const tiny = `
openapi: 3.1.0
info: { title: made, version: '1' }
servers: [{ url: / }]
paths:
  /made/v1/me:
    get:
      summary: Who calls
      operationId: me
      security: [{ token: [] }]
      responses:
        '200': { $ref: '#/components/responses/Me' }
        '304': { description: unchanged }
        '400': { $ref: '#/components/responses/Refused' }
    post:
      summary: Change who calls
      operationId: changeMe
      security: [{ token: [] }]
      requestBody:
        content:
          application/json:
            schema: { type: object }
      responses:
        '200':
          description: done
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Saved' }
              examples:
                saved: { value: { saved: true } }
        '400': { $ref: '#/components/responses/Refused' }
x-unknown-path:
  '400': { $ref: '#/components/responses/Refused' }
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: token }
  schemas:
    Saved:
      type: object
      additionalProperties: false
      required: [saved]
      properties:
        saved: { const: true }
  responses:
    Me:
      description: the user
      content:
        application/json:
          schema:
            type: object
            additionalProperties: false
            required: [id, name]
            properties:
              id: { type: integer }
              name: { type: string }
          examples:
            ada: { value: { id: 1000, name: 名 } }
    Refused:
      description: a problem
      content:
        application/json:
          schema:
            type: object
            required: [code]
            properties:
              code: { type: string }
          examples:
            noSuchRoute: { $ref: '#/components/examples/NoSuchRoute' }
  examples:
    NoSuchRoute: { value: { code: no_such_route } }
`;
