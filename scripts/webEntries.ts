/** The browser bundles and the file that each begins with. The server finds them by these paths in the manifest. */
export const webEntries = {
  story: 'src/web/story/main.ts',
  desk: 'src/web/desk/main.tsx',
  receipt: 'src/web/receipt/main.ts',
  signin: 'src/web/signin/main.ts',
};
