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
  /** Whether the body may be of any type, since nobody looks at it. */
  ignoresBody?: boolean;
};

const thread = '/api/v1/sites/:site/stories/:story';

/** Every address that Stet answers, in the order of the journey. Handlers stand with their rooms, by these names. */
// One line for each address.
// oxfmt-ignore
export const routes = {
  postComment: { method: 'POST', path: `${thread}/comments`, credentials: 'none', does: 'takes a comment' },
  postCheck: { method: 'POST', path: `${thread}/check`, credentials: 'none', does: 'tells before sending which guideline a text surely breaks' },
  getFormToken: { method: 'GET', path: `${thread}/form`, credentials: 'none', does: 'a fresh form token and proof-of-work challenge' },
  getReaderSignIn: { method: 'GET', path: '/reader/:site/sign-in', credentials: 'none', does: "leads a reader to the provider of the site's accounts" },
  getReaderCallback: { method: 'GET', path: '/reader/:site/callback', credentials: 'none', does: 'where that provider leads back to' },
  getReaderSession: { method: 'GET', path: '/reader/:site/session', credentials: 'none', does: 'which account the reader is signed in with' },
  deleteReaderSession: { method: 'DELETE', path: '/reader/:site/session', credentials: 'none', does: 'signs a reader out' },
  postNameRelease: { method: 'POST', path: '/api/v1/sites/:site/names/release', credentials: 'none', does: 'gives up the names that a key of a browser protects' },
  postReceipt: { method: 'POST', path: '/api/v1/receipts', credentials: 'none', does: 'what became of a comment, for its author' },
  postAppeal: { method: 'POST', path: '/api/v1/receipts/appeal', credentials: 'none', does: 'appeals a decision' },
  postWithdrawal: { method: 'POST', path: '/api/v1/receipts/withdraw', credentials: 'none', does: 'withdraws a comment' },
  postSanctionAppeal: { method: 'POST', path: '/api/v1/receipts/sanctions/appeal', credentials: 'none', does: 'appeals a warning, a slower pace, a note or a suspension' },
  postReport: { method: 'POST', path: '/api/v1/comments/:id/reports', credentials: 'none', does: 'reports a published comment, or notifies illegal content' },
  postReaction: { method: 'POST', path: '/api/v1/comments/:id/reactions', credentials: 'none', does: 'says a word of a published comment, or takes it back' },
  postReportReceipt: { method: 'POST', path: '/api/v1/receipts/report', credentials: 'none', does: 'what became of a report, for whoever made it' },
  postPush: { method: 'POST', path: '/api/v1/receipts/push', credentials: 'none', does: "keeps where an author's browser is told, or forgets it" },
  postMail: { method: 'POST', path: '/api/v1/mail', credentials: 'none', does: 'confirms or ends mails to the author of a comment' },
  getMailStop: { method: 'GET', path: '/mail/stop/:code', credentials: 'none', does: 'the page on which mails about a comment are ended' },
  postMailStop: { method: 'POST', path: '/mail/stop/:code', credentials: 'none', does: 'ends mails about a comment by one click', ignoresBody: true },

  getThread: { method: 'GET', path: `${thread}/thread`, credentials: 'none', does: 'published comments of a story' },
  getThreadHtml: { method: 'GET', path: `${thread}/thread.html`, credentials: 'none', does: 'published comments as an HTML fragment' },
  getWidget: { method: 'GET', path: `${thread}/widget`, credentials: 'none', does: 'published comments with the sentences of the widget' },
  getWidgetForm: { method: 'GET', path: `${thread}/widget/form`, credentials: 'none', does: 'the sentences of the form of the widget' },
  getThreadEvents: { method: 'GET', path: `${thread}/events`, credentials: 'none', does: 'server-sent events of a story' },
  getCounts: { method: 'GET', path: '/api/v1/counts', credentials: 'none', does: 'how many comments stories have' },

  getHome: { method: 'GET', path: '/', credentials: 'none', does: 'leads to the only site' },
  getSite: { method: 'GET', path: '/s/:site', credentials: 'none', does: 'stories of a site' },
  getStory: { method: 'GET', path: '/s/:site/:story', credentials: 'none', does: 'a story with its comments' },
  getEmbed: { method: 'GET', path: '/s/:site/:story/embed', credentials: 'none', does: 'the comments alone, for a frame or an include' },
  getReport: { method: 'GET', path: '/s/:site/:story/report/:comment', credentials: 'none', does: 'the page on which a comment is reported' },
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
  getEmbedScript: { method: 'GET', path: '/embed.js', credentials: 'none', does: 'the widget' },
  getPushWorker: { method: 'GET', path: '/push/worker.js', credentials: 'none', does: 'the worker that shows what a browser is told' },
  getCountScript: { method: 'GET', path: '/count.js', credentials: 'none', does: 'the counts of a front page' },
  getFont: { method: 'GET', path: '/fonts/:name', credentials: 'none', does: 'a face with the letters of Sorani' },
  getAsset: { method: 'GET', path: '/assets/:name', credentials: 'none', does: 'styles and scripts, by hash' },

  getDesk: { method: 'GET', path: '/desk', credentials: 'none', does: "the moderators' web application" },
  getSignIn: { method: 'GET', path: '/desk/sign-in', credentials: 'none', does: 'where a one-time sign-in address lands' },
  getOidc: { method: 'GET', path: '/desk/oidc', credentials: 'none', does: 'leads to the identity provider' },
  getOidcCallback: { method: 'GET', path: '/desk/oidc/callback', credentials: 'none', does: 'where the identity provider leads back to' },
  postSession: { method: 'POST', path: '/api/v1/desk/sessions', credentials: 'none', does: 'signs in with a one-time secret' },
  getSession: { method: 'GET', path: '/api/v1/desk/session', credentials: 'desk', does: 'who is signed in' },
  deleteSession: { method: 'DELETE', path: '/api/v1/desk/session', credentials: 'desk', does: 'signs out' },
  postPasskeyOptions: { method: 'POST', path: '/api/v1/desk/passkeys/options', credentials: 'desk', does: 'begins a passkey' },
  postPasskey: { method: 'POST', path: '/api/v1/desk/passkeys', credentials: 'desk', does: 'keeps a passkey' },
  postPasskeySignInOptions: { method: 'POST', path: '/api/v1/desk/passkeys/sign-in/options', credentials: 'none', does: 'begins a sign-in by passkey' },
  postPasskeySignIn: { method: 'POST', path: '/api/v1/desk/passkeys/sign-in', credentials: 'none', does: 'signs in by passkey' },
  getQueue: { method: 'GET', path: '/api/v1/desk/queue', credentials: 'desk', does: 'comments that wait, or were decided' },
  getQueueCounts: { method: 'GET', path: '/api/v1/desk/queue/counts', credentials: 'desk', does: 'how many comments each state and each view has' },
  getViews: { method: 'GET', path: '/api/v1/desk/views', credentials: 'desk', does: 'the views of the queue that one keeps' },
  postView: { method: 'POST', path: '/api/v1/desk/views', credentials: 'desk', does: 'keeps a view of the queue' },
  deleteView: { method: 'DELETE', path: '/api/v1/desk/views/:id', credentials: 'desk', does: 'forgets a view of the queue' },
  getAlike: { method: 'GET', path: '/api/v1/desk/comments/:id/alike', credentials: 'desk', does: 'held comments that say nearly the same' },
  getComment: { method: 'GET', path: '/api/v1/desk/comments/:id', credentials: 'desk', does: 'one comment with its history' },
  postClaim: { method: 'POST', path: '/api/v1/desk/claims', credentials: 'desk', does: 'claims the next held comment for ten minutes' },
  deleteClaim: { method: 'DELETE', path: '/api/v1/desk/claims/:id', credentials: 'desk', does: 'gives a claimed comment back' },
  postDecision: { method: 'POST', path: '/api/v1/desk/comments/:id/decisions', credentials: 'desk', does: 'decides a held comment' },
  postDecisions: { method: 'POST', path: '/api/v1/desk/decisions', credentials: 'desk', does: 'decides many held comments' },
  deletePending: { method: 'DELETE', path: '/api/v1/desk/comments/:id/decisions/pending', credentials: 'desk', does: 'undoes a verdict that has not taken effect' },
  getPending: { method: 'GET', path: '/api/v1/desk/decisions/pending', credentials: 'desk', does: "one's own verdicts that have not taken effect, or could not" },
  postUndo: { method: 'POST', path: '/api/v1/desk/decisions/undo', credentials: 'desk', does: 'undoes many of them' },
  postReversal: { method: 'POST', path: '/api/v1/desk/comments/:id/reversal', credentials: 'desk', does: 'turns a decision round by another' },
  postHandOver: { method: 'POST', path: '/api/v1/desk/comments/:id/hand-over', credentials: 'desk', does: 'hands a held comment to a colleague or an editor' },
  getHandOvers: { method: 'GET', path: '/api/v1/desk/hand-overs', credentials: 'desk', does: 'comments that were handed to one' },
  getColleagues: { method: 'GET', path: '/api/v1/desk/sites/:site/colleagues', credentials: 'desk', does: 'whom a comment can be handed to' },
  getNotes: { method: 'GET', path: '/api/v1/desk/comments/:id/notes', credentials: 'desk', does: 'what colleagues noted about a comment' },
  postNote: { method: 'POST', path: '/api/v1/desk/comments/:id/notes', credentials: 'desk', does: 'notes something for colleagues' },
  postNewsroomReply: { method: 'POST', path: '/api/v1/desk/comments/:id/replies', credentials: 'desk', does: 'answers a published comment in the name of the newsroom' },
  putFeatured: { method: 'PUT', path: '/api/v1/desk/comments/:id/featured', credentials: 'desk', does: 'marks a published comment as featured by the newsroom' },
  deleteFeatured: { method: 'DELETE', path: '/api/v1/desk/comments/:id/featured', credentials: 'desk', does: 'takes that mark away' },
  deleteProtectedName: { method: 'DELETE', path: '/api/v1/desk/comments/:id/protected-name', credentials: 'desk', does: "frees the protected name of a comment's reader" },
  postRemoval: { method: 'POST', path: '/api/v1/desk/comments/:id/removal', credentials: 'desk', does: 'takes a published comment down' },
  getReports: { method: 'GET', path: '/api/v1/desk/comments/:id/reports', credentials: 'desk', does: 'what readers reported about a comment' },
  postReportDecision: { method: 'POST', path: '/api/v1/desk/comments/:id/reports/decisions', credentials: 'desk', does: 'upholds reports by a removal, or dismisses them' },
  postErasure: { method: 'POST', path: '/api/v1/desk/comments/:id/erasure', credentials: 'desk', does: "erases a person's data" },
  getAppeals: { method: 'GET', path: '/api/v1/desk/appeals', credentials: 'desk', does: 'appeals that wait' },
  postAppealDecision: { method: 'POST', path: '/api/v1/desk/appeals/:id/decisions', credentials: 'desk', does: 'decides an appeal' },
  getReader: { method: 'GET', path: '/api/v1/desk/comments/:id/reader', credentials: 'desk', does: 'what is known of the reader of a comment' },
  postSanction: { method: 'POST', path: '/api/v1/desk/comments/:id/sanctions', credentials: 'desk', does: 'warns, slows, notes or suspends the reader of a comment' },
  getSanctions: { method: 'GET', path: '/api/v1/desk/sanctions', credentials: 'desk', does: 'sanctions in force, appealed or ended' },
  postSanctionLifting: { method: 'POST', path: '/api/v1/desk/sanctions/:id/lifting', credentials: 'desk', does: 'lifts a sanction' },
  postSanctionAppealDecision: { method: 'POST', path: '/api/v1/desk/sanctions/:id/appeal', credentials: 'desk', does: 'decides an appeal against a sanction' },
  getDeskGuidelines: { method: 'GET', path: '/api/v1/desk/guidelines', credentials: 'desk', does: 'guidelines of the sites one moderates' },
  getPreferences: { method: 'GET', path: '/api/v1/desk/preferences', credentials: 'desk', does: 'how one wants the desk' },
  putPreferences: { method: 'PUT', path: '/api/v1/desk/preferences', credentials: 'desk', does: 'keeps how one wants the desk' },
  getAutomation: { method: 'GET', path: '/api/v1/desk/sites/:site/automation', credentials: 'desk', does: 'what could be rejected without a person, as measured' },
  putAutomation: { method: 'PUT', path: '/api/v1/desk/sites/:site/automation', credentials: 'desk', does: 'switches one such rule on or off' },
  getRulebook: { method: 'GET', path: '/api/v1/desk/sites/:site/guidelines', credentials: 'desk', does: 'every guideline of a site, retired ones too' },
  putGuidelineOrder: { method: 'PUT', path: '/api/v1/desk/sites/:site/guidelines', credentials: 'desk', does: 'puts the guidelines into another order' },
  getRulebookVersions: { method: 'GET', path: '/api/v1/desk/sites/:site/guidelines/:guideline', credentials: 'desk', does: 'every version of a guideline, and who saved it' },
  putGuideline: { method: 'PUT', path: '/api/v1/desk/sites/:site/guidelines/:guideline', credentials: 'desk', does: 'saves a guideline as a new version', bodyBytes: 1_048_576 },
  getLines: { method: 'GET', path: '/api/v1/desk/sites/:site/lines', credentials: 'desk', does: 'what each marking line would have marked, as measured' },
  postWordsPreview: { method: 'POST', path: '/api/v1/desk/sites/:site/words/preview', credentials: 'desk', does: 'what words would have marked in the last 30 days', bodyBytes: 262_144 },
  getSettings: { method: 'GET', path: '/api/v1/desk/sites/:site/settings', credentials: 'desk', does: 'the settings of a site' },
  putSettings: { method: 'PUT', path: '/api/v1/desk/sites/:site/settings', credentials: 'desk', does: 'changes settings of a site', bodyBytes: 524_288 },
  getSettingChanges: { method: 'GET', path: '/api/v1/desk/sites/:site/settings/changes', credentials: 'desk', does: 'who changed which setting, and when' },
  postSettingUndo: { method: 'POST', path: '/api/v1/desk/sites/:site/settings/changes/:seq/undo', credentials: 'desk', does: 'brings back what stood before a change' },
  getRecheck: { method: 'GET', path: '/api/v1/desk/sites/:site/recheck', credentials: 'desk', does: 'a decided comment to judge again, without its decision' },
  postRecheck: { method: 'POST', path: '/api/v1/desk/comments/:id/recheck', credentials: 'desk', does: 'keeps how somebody else would have decided' },
  getAgreement: { method: 'GET', path: '/api/v1/desk/sites/:site/agreement', credentials: 'desk', does: 'how far moderators agree' },
  getStatistics: { method: 'GET', path: '/api/v1/desk/sites/:site/statistics', credentials: 'desk', does: 'what happened at the desk in the last days' },
  getFigure: { method: 'GET', path: '/api/v1/desk/sites/:site/statistics/:figure.csv', credentials: 'desk', does: 'one figure of that as a CSV file' },
  getDeskEvents: { method: 'GET', path: '/api/v1/desk/sites/:site/events', credentials: 'desk', does: 'server-sent events of a desk' },
  putPresence: { method: 'PUT', path: '/api/v1/desk/sites/:site/presence', credentials: 'desk', does: 'says which comment one sits before' },
  getSessions: { method: 'GET', path: '/api/v1/desk/sessions', credentials: 'desk', does: "one's own sessions" },
  deleteOwnSession: { method: 'DELETE', path: '/api/v1/desk/sessions/:session', credentials: 'desk', does: "ends one of one's own sessions" },
  getPeople: { method: 'GET', path: '/api/v1/desk/sites/:site/people', credentials: 'desk', does: 'accounts and programs of a site' },
  postPerson: { method: 'POST', path: '/api/v1/desk/sites/:site/people', credentials: 'desk', does: 'adds a person' },
  putPerson: { method: 'PUT', path: '/api/v1/desk/sites/:site/people/:person', credentials: 'desk', does: "changes a person's role, sections, name" },
  deletePerson: { method: 'DELETE', path: '/api/v1/desk/sites/:site/people/:person', credentials: 'desk', does: 'removes a person' },
  postPersonSignIn: { method: 'POST', path: '/api/v1/desk/sites/:site/people/:person/sign-in', credentials: 'desk', does: 'a new one-time sign-in for a person' },
  deletePersonSession: { method: 'DELETE', path: '/api/v1/desk/sites/:site/people/:person/sessions/:session', credentials: 'desk', does: "ends a person's session" },
  postToken: { method: 'POST', path: '/api/v1/desk/sites/:site/tokens', credentials: 'desk', does: 'makes a bearer token for a program' },
  deleteToken: { method: 'DELETE', path: '/api/v1/desk/sites/:site/tokens/:program', credentials: 'desk', does: "revokes a program's token" },
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
