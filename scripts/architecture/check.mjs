import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findCycle } from './find-cycle.mjs';
import { readImports } from './read-imports.mjs';
import { testFile, workspaces } from './rules.mjs';

const notSource = new Set(['node_modules', 'dist', '.next', '.turbo']);

const sourceFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return notSource.has(entry.name) ? [] : sourceFiles(join(folder, entry.name));
    return /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')
      ? [join(folder, entry.name)]
      : [];
  });

const findWorkspaces = (root) => {
  const children = (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []);
  return ['packages', 'apps', 'examples']
    .flatMap((folder) => children(folder).map((name) => `${folder}/${name}`))
    .concat('bench')
    .filter((path) => existsSync(join(root, path, 'package.json')))
    .map((path) => ({ path, manifest: JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) }));
};

const packageName = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
const isBuiltin = (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier);
const matches = (pattern, name) =>
  pattern === '*' || pattern === name || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)));

/** What the rules call an import, or undefined where they don't govern it. */
const governedName = (specifier, packages) => {
  if (isBuiltin(specifier)) return 'node:*';
  const name = packageName(specifier);
  return packages.has(name) || name.startsWith('@tensorflow/') ? name : undefined;
};

const allowedAt = (rule, path) => {
  const closest = Object.keys(rule.paths ?? {})
    .filter((prefix) => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
  const allowed = closest === undefined ? rule.imports : rule.paths[closest];
  return testFile.test(path) ? [...rule.imports, ...allowed, ...(rule.tests ?? [])] : allowed;
};

const checkManifest = ({ path, manifest }, rule, packages) =>
  ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) => {
    const shipped = [...rule.imports, ...Object.values(rule.paths ?? {}).flat()];
    const allowed = kind === 'devDependencies' ? [...shipped, ...(rule.tests ?? [])] : shipped;
    return Object.keys(manifest[kind] ?? {})
      .filter((name) => governedName(name, packages) !== undefined)
      .filter((name) => !allowed.some((pattern) => matches(pattern, name)))
      .map((name) => `${path}/package.json: ${path} must not list ${name} in its ${kind}.`);
  });

const checkImport = ({ workspace, rule, path, specifier, packages }) => {
  if (specifier.startsWith('.')) {
    const target = resolve('/', workspace.path, dirname(path), specifier);
    return target === resolve('/', workspace.path) || target.startsWith(resolve('/', workspace.path) + sep)
      ? undefined
      : `a relative import must stay inside ${workspace.path}; import the package by its name`;
  }
  const name = governedName(specifier, packages);
  if (name === undefined) return undefined;
  const subpath = specifier.slice(packageName(specifier).length);
  if (packages.has(name) && subpath !== '' && !(`.${subpath}` in (packages.get(name).exports ?? {}))) {
    return `${name} does not export .${subpath}; import what its index exports`;
  }
  const allowed = allowedAt(rule, path);
  return name === workspace.manifest.name || allowed.some((pattern) => matches(pattern, name))
    ? undefined
    : `${path.startsWith('src/') ? `${workspace.path}/${dirname(path)}` : workspace.path} may import only ${allowed.join(', ') || 'itself'}`;
};

/** The folder directly under `base` that a path lies in, or undefined for files beside the folders. */
const topFolder = (base, path) => {
  const parts = relative(base, path).split(sep);
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : undefined;
};

const folderCycle = (base, files) => {
  const graph = new Map();
  for (const { path, imports } of files.filter(({ path }) => !testFile.test(path))) {
    const from = topFolder(base, path);
    for (const { specifier } of imports.filter(({ specifier }) => specifier.startsWith('.'))) {
      const to = topFolder(base, join(dirname(path), specifier));
      if (from === undefined || to === undefined || from === to) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  return findCycle(graph);
};

const checkWorkspace = (root, workspace, rule, packages) => {
  const files = sourceFiles(join(root, workspace.path)).map((file) => ({
    path: relative(join(root, workspace.path), file).split(sep).join('/'),
    ...readImports(file, readFileSync(file, 'utf8')),
  }));
  const violations = checkManifest(workspace, rule, packages);
  for (const { path, imports, references } of files) {
    for (const { specifier, line } of imports) {
      const reason = checkImport({ workspace, rule, path, specifier, packages });
      if (reason) violations.push(`${workspace.path}/${path}:${line}: imports ${specifier}, but ${reason}.`);
    }
    for (const { name, line } of testFile.test(path) ? [] : references) {
      if (!rule.globals?.includes(name)) continue;
      violations.push(`${workspace.path}/${path}:${line}: uses ${name}, which a browser doesn't have.`);
    }
  }
  const cycle = rule.acyclicFolders && folderCycle(rule.acyclicFolders, files);
  if (cycle)
    violations.push(
      `${workspace.path}/${rule.acyclicFolders}: folders import in a circle: ${cycle.join(' -> ')}.`,
    );
  return violations;
};

/** Every violation of the rules in the checkout at `root`, one sentence each. */
export const checkArchitecture = (root, rules = workspaces) => {
  const found = findWorkspaces(root);
  const packages = new Map(found.map(({ manifest }) => [manifest.name, manifest]));
  return found.flatMap((workspace) =>
    rules[workspace.path] === undefined
      ? [`${workspace.path}: has no entry in scripts/architecture/rules.mjs.`]
      : checkWorkspace(root, workspace, rules[workspace.path], packages),
  );
};
