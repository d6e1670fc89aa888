import page from './kmr.json' with { type: 'json' };
import oidc from './kmr/oidc.json' with { type: 'json' };

export const kmr = { ...page, ...oidc };
