import page from './ckb.json' with { type: 'json' };
import oidc from './ckb/oidc.json' with { type: 'json' };

export const ckb = { ...page, ...oidc };
