import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PRODUCT_VERSION } from '../product-version.js';
import { completeDocument } from './complete-document.js';
import { errorTable } from './document-refusals.js';

const DESCRIPTION = `Closed conversations on the right HubSpot contact: once, whole, in order.

## Answers

Success is \`{ "data": … }\`; lists add \`nextCursor\` until the last page. Times are ISO 8601 in UTC, ids are opaque.
Bodies are JSON: of up to 16 MiB where they hold conversations or HubSpot's events, 1 MiB elsewhere, 64 KiB where nobody
need sign in. Every answer carries \`X-Trace-Id\`.

## Calling it

Another system sends an API key (\`Authorization: Bearer tl_live_…\`); a person's browser has the cookie of a session
(\`POST /auth/login\`). Each operation says which scope or role it takes. Too many requests are answered with 429 and
\`Retry-After\`. POSTs that create take an \`Idempotency-Key\`: for a day a repetition is answered as the first time. Settings
carry an \`ETag\`; with \`If-Match\` a change that has not seen the last one is refused.

## Errors

A failure is \`application/problem+json\` (RFC 9457) with a stable \`code\`, a \`reason\` where there is one, \`trace_id\`, and
\`retryable\`: whether the same request may succeed later. Branch on that.

${errorTable()}`;

/** The OpenAPI document of the API, as committed in openapi.json. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Threadline')
    .setDescription(DESCRIPTION)
    .setVersion(PRODUCT_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: tl_live_…' }, 'apiKey')
    .addCookieAuth(
      'threadline_session',
      {
        type: 'apiKey',
        description: 'A signed-in person: POST /auth/login. Over https its name is __Host-threadline_session.',
      },
      'session',
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-HubSpot-Signature-v3',
        description: 'HubSpot’s signature over method, address, body and time',
      },
      'hubspotSignature',
    )
    .build();
  return completeDocument(
    SwaggerModule.createDocument(app, config, {
      operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
    }),
  );
}

/** `/docs` for people, `/docs-json` for programs. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'docs-json' });
}
