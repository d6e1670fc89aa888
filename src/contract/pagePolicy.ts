/** The Content-Security-Policy of every page that loads this server's own style and script and posts its forms back here;
 *  `frame-ancestors` is added by whoever knows who may frame it. Nothing from elsewhere, nothing inline (JSON-LD is data,
 *  no script to the policy), and the browser itself refuses innerHTML. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
