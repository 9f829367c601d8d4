/** A wire that the page shows. */
export interface DocumentedDialect {
  name: string;
  /** Its OpenAPI description, on disk. */
  file: string;
}

/** What the page needs to load and to send requests of its own origin, and nothing else. */
export const pagePolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    // Icons of the page's style sheet stand in it as data.
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** The files of swagger-ui-dist that the page loads, all by relative addresses. */
export const assets: readonly string[] = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-32x32.png',
];

export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Idiom: the served APIs</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="icon" type="image/png" href="favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="swagger-ui-standalone-preset.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`;

/** The script that starts the page: a file of its own, because the policy forbids inline ones. */
export function startScript(dialects: readonly DocumentedDialect[]): string {
  const urls = dialects.map(({ name }) => ({ name, url: `${name}/openapi.yaml` }));
  const settings = {
    urls,
    dom_id: '#swagger-ui',
    layout: 'StandaloneLayout',
    deepLinking: true,
    docExpansion: 'list',
    displayRequestDuration: true,
    tryItOutEnabled: true,
    // The badge of a validator elsewhere would tell that place what is read here.
    validatorUrl: null,
  };
  return `'use strict';
const { presets } = SwaggerUIBundle;
// The logo of the library has inline styles, which the policy of the page forbids.
const ownLogo = ({ React }) => ({ components: { Logo: () => React.createElement('strong', null, 'Idiom') } });
SwaggerUIBundle({
  ...${JSON.stringify(settings)},
  presets: [presets.apis, SwaggerUIStandalonePreset],
  plugins: [ownLogo],
});
`;
}
