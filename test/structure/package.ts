import ts from "typescript";

/** The fields of a package.json that the rules read. */
export interface PackageJson {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: boolean | readonly string[];
  readonly keywords?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly gen?: { readonly plugins?: readonly { readonly plugin: string; readonly manifest: string }[] };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Import {
  readonly specifier: string;
  /** `import type` and `export type`: gone after compilation. */
  readonly typeOnly: boolean;
  /** Names taken from the module; none for a namespace or a side effect. */
  readonly names: readonly string[];
}

export interface SourceFile {
  /** From the package's folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly test: boolean;
  readonly imports: readonly Import[];
}

export interface Package {
  /** From the repository's root: `packages/core`. */
  readonly folder: string;
  readonly json: PackageJson;
  /** Every text file of the package, by its path from the package's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Its TypeScript. */
  readonly sources: readonly SourceFile[];
}

const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith(".d.ts");
const isTest = (path: string): boolean =>
  /\.test(-d)?\.tsx?$/.test(path) || /(^|\/)(test|testing)\//.test(path);

export function parse(path: string, text: string): ts.SourceFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

function declaredNames(clause: ts.NamedImports | ts.NamedExports): string[] {
  return clause.elements.map((element) => (element.propertyName ?? element.name).text);
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const bindings = node.importClause?.namedBindings;
    return {
      specifier: node.moduleSpecifier.text,
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      names: bindings !== undefined && ts.isNamedImports(bindings) ? declaredNames(bindings) : [],
    };
  }
  if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    const clause = node.exportClause;
    return {
      specifier: node.moduleSpecifier.text,
      typeOnly: node.isTypeOnly,
      names: clause !== undefined && ts.isNamedExports(clause) ? declaredNames(clause) : [],
    };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const specifier = node.arguments[0];
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      return { specifier: specifier.text, typeOnly: false, names: [] };
    }
  }
  if (
    ts.isImportTypeNode(node) &&
    ts.isLiteralTypeNode(node.argument) &&
    ts.isStringLiteral(node.argument.literal)
  ) {
    return { specifier: node.argument.literal.text, typeOnly: true, names: [] };
  }
  return undefined;
}

/** Every import, export-from, dynamic import and import type of a file. */
function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const one = importOf(node);
    if (one !== undefined) found.push(one);
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found;
}

/** A package from its files: read from the disk, or made up to show that a rule can fail. */
export function packageOf(folder: string, json: PackageJson, files: ReadonlyMap<string, string>): Package {
  const sources = [...files]
    .filter(([path]) => isTypeScript(path))
    .map(([path, text]) => ({ path, text, test: isTest(path), imports: importsOf(path, text) }));
  return { folder, json, files, sources };
}

/** The files that are shipped or run: not tests, not settings of tools. */
export const shipped = (one: Package): readonly SourceFile[] =>
  one.sources.filter((source) => !source.test && !source.path.endsWith(".config.ts"));

export const isPlugin = (one: Package): boolean => one.json.keywords?.includes("gen-plugin") === true;
