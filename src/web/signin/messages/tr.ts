import page from './tr.json' with { type: 'json' };
import oidc from './tr/oidc.json' with { type: 'json' };

export const tr = { ...page, ...oidc };
