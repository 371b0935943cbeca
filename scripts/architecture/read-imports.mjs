import ts from 'typescript';

const callees = new Set(['require', 'require.resolve', 'import.meta.resolve', 'vi.mock', 'vi.importActual']);

const specifierOf = (node) => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    return isImport || callees.has(node.expression.getText()) ? node.arguments[0] : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2) {
    return node.arguments[1].getText() === 'import.meta.url' ? node.arguments[0] : undefined;
  }
  return undefined;
};

/** A name that stands for a variable or a type: not a property, not a key, not a name being declared. */
const isReference = (node) => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return parent.expression.getText() === 'globalThis';
  }
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  return parent.name !== node && parent.propertyName !== node;
};

const declarations = [
  ts.isBindingElement,
  ts.isClassDeclaration,
  ts.isFunctionDeclaration,
  ts.isImportClause,
  ts.isImportSpecifier,
  ts.isInterfaceDeclaration,
  ts.isNamespaceImport,
  ts.isParameter,
  ts.isTypeAliasDeclaration,
  ts.isVariableDeclaration,
];

const isDeclared = (node) =>
  node.parent.name === node && declarations.some((isDeclaration) => isDeclaration(node.parent));

/**
 * What one source file imports and which names it refers to without declaring them.
 * Type-only, dynamic and re-exporting imports count like any other.
 *
 * @returns {{ imports: { specifier: string, line: number }[], references: { name: string, line: number }[] }}
 */
export const readImports = (fileName, text) => {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const imports = source.typeReferenceDirectives.map(({ fileName: specifier, pos }) => ({
    specifier: specifier === 'node' ? 'node:types' : specifier,
    line: lineOf(pos),
  }));
  const references = [];
  const declared = new Set();

  const visit = (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, line: lineOf(node.getStart()) });
    }
    if (ts.isIdentifier(node)) {
      if (isDeclared(node)) declared.add(node.text);
      else if (isReference(node)) references.push({ name: node.text, line: lineOf(node.getStart()) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  return { imports, references: references.filter(({ name }) => !declared.has(name)) };
};
