// The package's programmatic interface. What is named here keeps its shape between minor versions.

export { type Compiled, compile } from "./compile.js";
export type { Diagnostic, Result } from "./diagnostic/types.js";
export type { ModelDocument } from "./model/document.js";
export type { HaPair } from "./model/types.js";
export type { RenderedFile } from "./render/types.js";
export { type CompileOptions, validate } from "./validate.js";
