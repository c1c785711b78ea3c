import { Ajv } from "ajv";
import type { ModelDocument } from "./document.js";
import { modelSchema } from "./schema/index.js";
import { validatorOptions } from "./validator-options.js";

/** Compiled when the package is built: see `build/precompiled.mjs`. */
export const isModel = new Ajv(validatorOptions).compile<ModelDocument>(modelSchema);
