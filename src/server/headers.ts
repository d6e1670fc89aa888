const contentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers of every answer, feeds and JSON included: a browser that is made to show one as a page may load nothing for
 *  it. Pages and scripts say more (`content-security-policy` of their own). */
export const everyHeader: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': contentSecurityPolicy,
};

/** Headers of an answer that a browser shows as a page and that brought none of its own: nothing may frame it, and its
 *  address is told to nobody. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
};

/** Said only where the public address is https: on http it would lock a developer out of localhost. Two years, as the
 *  preload lists ask. */
export const strictTransport = 'max-age=63072000; includeSubDomains';
