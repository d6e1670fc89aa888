declare module '*.css';
declare module '*.css?inline' {
  const css: string;
  // A bundler hands over a file's text as its default.
  // oxlint-disable-next-line import/no-default-export
  export default css;
}
