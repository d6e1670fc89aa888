import page from './ar.json' with { type: 'json' };
import oidc from './ar/oidc.json' with { type: 'json' };

export const ar = { ...page, ...oidc };
