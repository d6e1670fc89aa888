/** What a route asks for before anything else is looked at. */
export type Credentials = 'none' | 'desk' | 'stories';

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  credentials: Credentials;
  /** One line for the overview and for /openapi.json. */
  does: string;
  /** The largest body in bytes; 64 KiB unless it says so. */
  bodyBytes?: number;
};

const thread = '/api/v1/sites/:site/stories/:story';

/** Every address that Stet answers, in the order of the journey. Handlers stand with their rooms, by these names. */
// One line for each address.
// oxfmt-ignore
export const routes = {
  postComment: { method: 'POST', path: `${thread}/comments`, credentials: 'none', does: 'takes a comment' },
  getFormToken: { method: 'GET', path: `${thread}/form`, credentials: 'none', does: 'a fresh form token and proof-of-work challenge' },
  postReceipt: { method: 'POST', path: '/api/v1/receipts', credentials: 'none', does: 'what became of a comment, for its author' },
  postAppeal: { method: 'POST', path: '/api/v1/receipts/appeal', credentials: 'none', does: 'appeals a decision' },
  postWithdrawal: { method: 'POST', path: '/api/v1/receipts/withdraw', credentials: 'none', does: 'withdraws a comment' },
  postReport: { method: 'POST', path: '/api/v1/comments/:id/reports', credentials: 'none', does: 'reports a published comment' },

  getThread: { method: 'GET', path: `${thread}/thread`, credentials: 'none', does: 'published comments of a story' },
  getThreadHtml: { method: 'GET', path: `${thread}/thread.html`, credentials: 'none', does: 'published comments as an HTML fragment' },
  getThreadEvents: { method: 'GET', path: `${thread}/events`, credentials: 'none', does: 'server-sent events of a story' },
  getCounts: { method: 'GET', path: '/api/v1/counts', credentials: 'none', does: 'how many comments stories have' },

  getHome: { method: 'GET', path: '/', credentials: 'none', does: 'leads to the only site' },
  getSite: { method: 'GET', path: '/s/:site', credentials: 'none', does: 'stories of a site' },
  getStory: { method: 'GET', path: '/s/:site/:story', credentials: 'none', does: 'a story with its comments' },
  getTag: { method: 'GET', path: '/s/:site/tags/:tag', credentials: 'none', does: 'stories of a tag' },
  getGuidelines: { method: 'GET', path: '/s/:site/guidelines', credentials: 'none', does: 'the guidelines in force' },
  getGuidelineVersion: { method: 'GET', path: '/s/:site/guidelines/:guideline/:version', credentials: 'none', does: 'one version of a guideline' },
  getPrivacy: { method: 'GET', path: '/s/:site/privacy', credentials: 'none', does: 'what is kept, and for how long' },
  getReceiptPage: { method: 'GET', path: '/receipt', credentials: 'none', does: 'the receipt page' },
  postReceiptPage: { method: 'POST', path: '/receipt', credentials: 'none', does: 'the receipt page, without JavaScript' },
  getSiteRss: { method: 'GET', path: '/s/:site/feed.rss', credentials: 'none', does: 'stories as RSS' },
  getSiteAtom: { method: 'GET', path: '/s/:site/feed.atom', credentials: 'none', does: 'stories as Atom' },
  getSiteJson: { method: 'GET', path: '/s/:site/feed.json', credentials: 'none', does: 'stories as JSON Feed' },
  getTagRss: { method: 'GET', path: '/s/:site/tags/:tag/feed.rss', credentials: 'none', does: 'stories of a tag as RSS' },
  getTagAtom: { method: 'GET', path: '/s/:site/tags/:tag/feed.atom', credentials: 'none', does: 'stories of a tag as Atom' },
  getTagJson: { method: 'GET', path: '/s/:site/tags/:tag/feed.json', credentials: 'none', does: 'stories of a tag as JSON Feed' },
  getCommentsRss: { method: 'GET', path: '/s/:site/:story/comments.rss', credentials: 'none', does: 'comments of a story as RSS' },
  getCommentsAtom: { method: 'GET', path: '/s/:site/:story/comments.atom', credentials: 'none', does: 'comments of a story as Atom' },
  getCommentsJson: { method: 'GET', path: '/s/:site/:story/comments.json', credentials: 'none', does: 'comments of a story as JSON Feed' },
  getSitemap: { method: 'GET', path: '/sitemap.xml', credentials: 'none', does: 'every page for search engines' },
  getAsset: { method: 'GET', path: '/assets/:name', credentials: 'none', does: 'styles and scripts, by hash' },

  getDesk: { method: 'GET', path: '/desk', credentials: 'none', does: "the moderators' web application" },
  getSignIn: { method: 'GET', path: '/desk/sign-in', credentials: 'none', does: 'where a one-time sign-in address lands' },
  postSession: { method: 'POST', path: '/api/v1/desk/sessions', credentials: 'none', does: 'signs in with a one-time secret' },
  getSession: { method: 'GET', path: '/api/v1/desk/session', credentials: 'desk', does: 'who is signed in' },
  deleteSession: { method: 'DELETE', path: '/api/v1/desk/session', credentials: 'desk', does: 'signs out' },
  postPasskeyOptions: { method: 'POST', path: '/api/v1/desk/passkeys/options', credentials: 'desk', does: 'begins a passkey' },
  postPasskey: { method: 'POST', path: '/api/v1/desk/passkeys', credentials: 'desk', does: 'keeps a passkey' },
  postPasskeySignInOptions: { method: 'POST', path: '/api/v1/desk/passkeys/sign-in/options', credentials: 'none', does: 'begins a sign-in by passkey' },
  postPasskeySignIn: { method: 'POST', path: '/api/v1/desk/passkeys/sign-in', credentials: 'none', does: 'signs in by passkey' },
  getQueue: { method: 'GET', path: '/api/v1/desk/queue', credentials: 'desk', does: 'comments that wait, or were decided' },
  getComment: { method: 'GET', path: '/api/v1/desk/comments/:id', credentials: 'desk', does: 'one comment with its history' },
  postClaim: { method: 'POST', path: '/api/v1/desk/claims', credentials: 'desk', does: 'claims the next held comment for ten minutes' },
  deleteClaim: { method: 'DELETE', path: '/api/v1/desk/claims/:id', credentials: 'desk', does: 'gives a claimed comment back' },
  postDecision: { method: 'POST', path: '/api/v1/desk/comments/:id/decisions', credentials: 'desk', does: 'decides a held comment' },
  postDecisions: { method: 'POST', path: '/api/v1/desk/decisions', credentials: 'desk', does: 'decides many held comments' },
  postRemoval: { method: 'POST', path: '/api/v1/desk/comments/:id/removal', credentials: 'desk', does: 'takes a published comment down' },
  postErasure: { method: 'POST', path: '/api/v1/desk/comments/:id/erasure', credentials: 'desk', does: "erases a person's data" },
  getAppeals: { method: 'GET', path: '/api/v1/desk/appeals', credentials: 'desk', does: 'appeals that wait' },
  postAppealDecision: { method: 'POST', path: '/api/v1/desk/appeals/:id/decisions', credentials: 'desk', does: 'decides an appeal' },
  getDeskGuidelines: { method: 'GET', path: '/api/v1/desk/guidelines', credentials: 'desk', does: 'guidelines of the sites one moderates' },
  getAutomation: { method: 'GET', path: '/api/v1/desk/sites/:site/automation', credentials: 'desk', does: 'what could be rejected without a person, as measured' },
  putAutomation: { method: 'PUT', path: '/api/v1/desk/sites/:site/automation', credentials: 'desk', does: 'switches one such rule on or off' },
  putStory: { method: 'PUT', path: thread, credentials: 'stories', does: 'creates or updates a story', bodyBytes: 2_097_152 },

  getHealth: { method: 'GET', path: '/healthz', credentials: 'none', does: 'whether the process lives' },
  getReady: { method: 'GET', path: '/readyz', credentials: 'none', does: 'whether it can serve' },
  getMetrics: { method: 'GET', path: '/metrics', credentials: 'none', does: 'figures for Prometheus' },
  getOpenApi: { method: 'GET', path: '/openapi.json', credentials: 'none', does: 'this table as OpenAPI' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

export type ScoringRoute = {
  method: 'GET' | 'POST';
  path: string;
  /** Whether it asks for a key of the scope `score`. */
  asksKey: boolean;
  does: string;
};

/** The addresses of the scoring contract, which are answered as Google's service answers, refusals included: that is why
 *  they stand apart. Each is there under every prefix of `scoringPrefixes`. */
// oxfmt-ignore
export const scoringRoutes = {
  analyze: { method: 'POST', path: '/v1alpha1/comments:analyze', asksKey: true, does: 'scores a text' },
  suggestscore: { method: 'POST', path: '/v1alpha1/comments:suggestscore', asksKey: true, does: 'takes what people made of a text' },
  discovery: { method: 'GET', path: '/$discovery/rest', asksKey: false, does: 'describes the scoring contract to clients' },
  attributes: { method: 'GET', path: '/v1alpha1/attributes', asksKey: false, does: 'lists what can be scored, in which languages' },
} as const satisfies Record<string, ScoringRoute>;

export type ScoringRouteName = keyof typeof scoringRoutes;

/** Clients with a constant host ask at the root of one; the others append to whatever they are given. */
export const scoringPrefixes = ['', '/perspective'] as const;

/** The largest body of a scoring request, in bytes: a text of 20,480 bytes with every character escaped has 123 KB. */
export const scoringBodyBytes = 262_144;
