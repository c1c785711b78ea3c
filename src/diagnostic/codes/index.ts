import { addressCodes } from "./addresses.js";
import { dataCodes } from "./data.js";
import { nameCodes } from "./names.js";
import { outputCodes } from "./output.js";
import { serviceCodes } from "./services.js";
import { shapeCodes } from "./shape.js";
import type { CodeBook, CodeWords } from "./types.js";
import { yamlCodes, yamlSyntax } from "./yaml.js";

/** Every code that has words of its own. */
export const codes: CodeBook = {
  ...addressCodes,
  ...nameCodes,
  ...dataCodes,
  ...serviceCodes,
  ...shapeCodes,
  ...yamlCodes,
  ...outputCodes,
};

/** What a code means; undefined if no diagnostic has it. */
export const wordsOfCode = (code: string): CodeWords | undefined =>
  Object.hasOwn(codes, code) ? codes[code] : code.startsWith("yaml-") ? yamlSyntax : undefined;
