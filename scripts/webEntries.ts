/** The browser bundles and the file that each begins with. The server finds them by these paths in the manifest. */
export const webEntries = {
  story: 'src/web/story/main.ts',
  desk: 'src/web/desk/main.tsx',
  receipt: 'src/web/receipt/main.ts',
  push: 'src/web/push/main.ts',
  signin: 'src/web/signin/main.ts',
};

/** The scripts that other people's pages load, at addresses that never change. Each is built alone, so that it is one
 *  request; what it loads later stands beside it in `assets/`. */
export const standingEntries = {
  embed: 'src/web/widget/main.ts',
  count: 'src/web/count/main.ts',
  worker: 'src/web/push/worker.ts',
};
