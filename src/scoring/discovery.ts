import { scoringRoutes } from '../contract/routes.ts';
import { schemas } from './schemas.ts';

/** The discovery document (§8 of Google's own format) with which googleapiclient and googleapis make themselves a client.
 *  `rootUrl`, with a slash at its end, comes of the settings and never of the request's Host: whoever could choose it would
 *  send other clients elsewhere. No scopes of OAuth are named: with them the Python client looks for Google's credentials. */
export function describeContract(rootUrl: string, version: string): object {
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'commentanalyzer:v1alpha1',
    name: 'commentanalyzer',
    canonicalName: 'Comment Analyzer',
    version: 'v1alpha1',
    revision: version,
    title: 'Perspective-compatible scoring by Stet',
    description: 'Scores a text by attributes such as TOXICITY. Nothing that is sent is stored.',
    ownerDomain: new URL(rootUrl).hostname,
    ownerName: 'Stet',
    documentationLink: `${rootUrl}v1alpha1/attributes`,
    protocol: 'rest',
    rootUrl,
    servicePath: '',
    baseUrl: rootUrl,
    basePath: '',
    batchPath: 'batch',
    parameters,
    schemas,
    resources: {
      comments: {
        methods: {
          analyze: describeMethod('analyze', 'AnalyzeCommentRequest', 'AnalyzeCommentResponse'),
          suggestscore: describeMethod('suggestscore', 'SuggestCommentScoreRequest', 'SuggestCommentScoreResponse'),
        },
      },
    },
  };
}

function describeMethod(name: 'analyze' | 'suggestscore', request: string, response: string): object {
  const { path, method, does } = scoringRoutes[name];
  const relative = path.slice(1);
  return {
    id: `commentanalyzer.comments.${name}`,
    path: relative,
    flatPath: relative,
    httpMethod: method,
    description: does,
    parameters: {},
    parameterOrder: [],
    request: { $ref: request },
    response: { $ref: response },
  };
}

const query = { location: 'query', type: 'string' } as const;

// What Google's clients put into the query on their own; all but the key is passed over.
const parameters = {
  '$.xgafv': {
    ...query,
    description: '1 adds the older list of errors.',
    enum: ['1', '2'],
    enumDescriptions: ['v1', 'v2'],
  },
  access_token: { ...query, description: 'Passed over.' },
  alt: { ...query, description: 'Only json.', default: 'json', enum: ['json'], enumDescriptions: ['JSON'] },
  callback: { ...query, description: 'Refused.' },
  fields: { ...query, description: 'Passed over: answers come whole.' },
  key: { ...query, description: 'The key, a Stet token of the scope score.' },
  oauth_token: { ...query, description: 'Passed over.' },
  prettyPrint: { location: 'query', type: 'boolean', description: 'Passed over.', default: 'true' },
  quotaUser: { ...query, description: 'Passed over.' },
  uploadType: { ...query, description: 'Passed over.' },
  upload_protocol: { ...query, description: 'Passed over.' },
} as const;
