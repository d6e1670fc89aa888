import page from './fa.json' with { type: 'json' };
import oidc from './fa/oidc.json' with { type: 'json' };

export const fa = { ...page, ...oidc };
