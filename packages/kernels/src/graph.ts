export { type CompiledGraph, compileGraph } from './native/graph/compile-graph.js';
