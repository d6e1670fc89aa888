import page from './en.json' with { type: 'json' };
import oidc from './en/oidc.json' with { type: 'json' };

export const en = { ...page, ...oidc };
