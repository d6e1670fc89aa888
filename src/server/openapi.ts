import { routes, type Route, scoringRoutes, type ScoringRoute } from '../contract/routes.ts';

/** The route table as an OpenAPI 3.1 document. Shapes of bodies are told in docs/reference; here stand addresses,
 *  credentials and what each call does. */
export function describeRoutes(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describeRoute(name, route);
  }
  for (const [name, route] of Object.entries<ScoringRoute>(scoringRoutes)) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = describeScoring(name, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Stet', version, description: 'The comment desk that a newsroom runs itself.' },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-stet-session' },
        token: { type: 'http', scheme: 'bearer' },
        scoreKey: { type: 'apiKey', in: 'query', name: 'key' },
        scoreHeader: { type: 'apiKey', in: 'header', name: 'X-Goog-Api-Key' },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['refusal'],
          properties: {
            refusal: {
              type: 'object',
              required: ['reason', 'detail'],
              properties: { reason: { type: 'string' }, field: { type: 'string' }, detail: { type: 'string' } },
            },
          },
        },
      },
    },
  };
}

/** Their shapes are in the discovery document, which clients of this contract read. */
function describeScoring(name: string, route: ScoringRoute): object {
  return {
    operationId: name,
    summary: route.does,
    ...(route.asksKey ? { security: [{ scoreKey: [] }, { scoreHeader: [] }] } : {}),
    responses: { default: { description: "The answer, or an error in Google's envelope" } },
  };
}

function describeRoute(name: string, route: Route): object {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
  return {
    operationId: name,
    summary: route.does,
    parameters: names.map((parameter) => ({ name: parameter, in: 'path', required: true, schema: { type: 'string' } })),
    ...(route.credentials === 'none' ? {} : { security: [{ session: [] }, { token: [] }] }),
    responses: {
      default: {
        description: 'The answer, or a refusal',
        content: { 'application/json': { schema: { anyOf: [{}, { $ref: '#/components/schemas/Refusal' }] } } },
      },
    },
  };
}
