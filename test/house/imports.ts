import path from 'node:path';
import { isNode, parseSource, type Source, type SyntaxNode, walk } from './sources.ts';

/** An import of one file by another: `to` is a path from the root, a package's name, or undefined where only running
 *  the code could tell. `typeOnly` is true for what type stripping removes whole. */
export type Import = { file: string; to: string | undefined; typeOnly: boolean };

/** Every import of a source: declarations, re-exports, `import()` in code and in types, `require`. */
export function findImports(source: Source): Import[] {
  return [...walk(parseSource(source))].flatMap((node) => readImport(node, source.file));
}

function readImport(node: SyntaxNode, file: string): Import[] {
  const from = (specifier: unknown, typeOnly: boolean): Import[] => [
    { file, to: typeof specifier === 'string' ? resolve(file, specifier) : undefined, typeOnly },
  ];
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      // `import { type A } from` stays behind as `import {} from` and loads the file, so that it is no type import.
      return isNode(node['source'])
        ? from(node['source']['value'], node['importKind'] === 'type' || node['exportKind'] === 'type')
        : [];
    case 'ImportExpression':
      return from(isNode(node['source']) ? node['source']['value'] : undefined, false);
    case 'TSImportType':
      return from(isNode(node['source']) ? node['source']['value'] : undefined, true);
    case 'CallExpression': {
      const [callee, [first]] = [node['callee'], node['arguments'] as unknown[]];
      const isRequire = isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require';
      return isRequire ? from(isNode(first) ? first['value'] : undefined, false) : [];
    }
    default:
      return [];
  }
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  // The package's own name leads back into the house.
  return specifier.startsWith('stet/') ? `src/${specifier.slice('stet/'.length)}/index.ts` : specifier;
}
